/**
 * A small Korean organisation with what makes directories hard: names with every special character, people who may not sign in for different
 * reasons, nested groups, two that contain each other, and one with more members than a domain controller gives at once.
 *
 * @typedef {{
 *   id: string, name: string, unit: string, title: string, manager?: string,
 *   cn?: string, mail?: string | null, lock?: "disabled" | "expired" | "locked" | "mustChange",
 * }} Person  cn is written unescaped; without one it is the name. unit is the path of an organisational unit, the top first.
 *
 * @typedef {"ad" | "openldap"} Kind
 */

export const baseDn = "DC=corp,DC=test";
export const organisationDn = `OU=본사,${baseDn}`;
/** The password of everybody in the small organisation. */
export const peoplesPassword = "Maru-people-2026!";
/** One more than the members that Active Directory gives at once. */
export const bigGroupSize = 1_501;

/** Paths, a unit after the one it stands in. */
const units = [
  "본사",
  "본사/경영지원본부",
  "본사/경영지원본부/인사팀",
  "본사/경영지원본부/총무팀",
  "본사/영업본부",
  "본사/영업본부/국내영업팀",
  "본사/영업본부/해외영업팀",
  "본사/연구개발본부",
  "본사/연구개발본부/플랫폼팀",
  '본사/연구개발본부/R&D, 1+2팀 #A "가"',
  "그룹",
  "많은 사람",
];

/** @type {readonly Person[]} */
const people = [
  { id: "kim.daepyo", name: "김대표", unit: "본사", title: "대표이사" },
  { id: "lee.jiwon", name: "이지원", unit: "본사/경영지원본부", title: "본부장", manager: "kim.daepyo" },
  { id: "park.insa", name: "박인사", unit: "본사/경영지원본부/인사팀", title: "팀장", manager: "lee.jiwon" },
  { id: "choi.minseo", name: "최민서", unit: "본사/경영지원본부/인사팀", title: "대리", manager: "park.insa" },
  { id: "jung.chongmu", name: "정총무", unit: "본사/경영지원본부/총무팀", title: "팀장", manager: "lee.jiwon" },
  { id: "kang.yeongeop", name: "강영업", unit: "본사/영업본부", title: "본부장", manager: "kim.daepyo" },
  { id: "cho.gungnae", name: "조국내", unit: "본사/영업본부/국내영업팀", title: "팀장", manager: "kang.yeongeop" },
  { id: "yoon.haeoe", name: "윤해외", unit: "본사/영업본부/해외영업팀", title: "팀장", manager: "kang.yeongeop" },
  { id: "jang.yeongu", name: "장연구", unit: "본사/연구개발본부", title: "본부장", manager: "kim.daepyo" },
  { id: "lim.platform", name: "임플랫", unit: "본사/연구개발본부/플랫폼팀", title: "팀장", manager: "jang.yeongu" },
  { id: "hong.gildong", name: "홍길동", cn: "홍, 길동", unit: "본사/연구개발본부/플랫폼팀", title: "과장", manager: "lim.platform" },
  { id: "oh.plus", name: "오하나", cn: "오하나+둘", unit: "본사/연구개발본부/플랫폼팀", title: "사원", manager: "hong.gildong" },
  { id: "seo.hash", name: "서해시", cn: "#서해시", unit: "본사/연구개발본부/플랫폼팀", title: "사원", manager: "hong.gildong" },
  { id: "shin.quote", name: "신따옴", cn: '신"따옴"표', unit: "본사/연구개발본부/플랫폼팀", title: "사원", manager: "hong.gildong" },
  { id: "kwon.slash", name: "권역슬", cn: "권\\역슬", unit: "본사/연구개발본부/플랫폼팀", title: "사원", manager: "oh.plus" },
  { id: "hwang.odd", name: "황이상", unit: '본사/연구개발본부/R&D, 1+2팀 #A "가"', title: "사원", manager: "seo.hash" },
  { id: "an.mail", name: "안메일", unit: "본사/영업본부/국내영업팀", title: "사원", manager: "cho.gungnae", mail: null },
  { id: "song.toesa", name: "송퇴사", unit: "본사/영업본부/국내영업팀", title: "사원", manager: "cho.gungnae", lock: "disabled" },
  { id: "ryu.manryo", name: "류만료", unit: "본사/영업본부/해외영업팀", title: "사원", manager: "yoon.haeoe", lock: "expired" },
  { id: "jeon.jamgim", name: "전잠김", unit: "본사/영업본부/해외영업팀", title: "사원", manager: "yoon.haeoe", lock: "locked" },
  { id: "bae.saero", name: "배새로", unit: "본사/영업본부/해외영업팀", title: "사원", manager: "yoon.haeoe", lock: "mustChange" },
];

/** Groups by name; members are people's ids, or other groups behind an at sign. */
const groups = {
  "portal-admins-inner": ["park.insa", "hong.gildong"],
  "portal-admins-mid": ["@portal-admins-inner", "oh.plus"],
  "portal-admins": ["@portal-admins-mid", "kim.daepyo"],
  "circle-a": ["lim.platform"],
  "circle-b": ["@circle-a", "seo.hash"],
};

/**
 * Who has no password that somebody knows: only there to be many.
 *
 * @param {number} count
 * @returns {Person[]}
 */
export function manyPeople(count) {
  const [surnames, firsts, seconds] = [
    "김이박최정강조윤장임한오서신권황안송류전홍",
    "민서지현수영준예도하유채시은주재",
    "준연우윤호진아현원빈율희석혁훈미",
  ];
  return Array.from({ length: count }, (_, index) => {
    const id = `many${String(index + 1).padStart(6, "0")}`;
    const name = [surnames[index % 21], firsts[Math.floor(index / 21) % 16], seconds[Math.floor(index / 336) % 16]].join("");
    const manager = index % 50 === 0 ? undefined : `many${String(index - (index % 50) + 1).padStart(6, "0")}`;
    return { id, name, cn: `${name} (${id})`, unit: "많은 사람", title: "사원", manager };
  });
}

/**
 * The name of an entry, with what is special in it escaped.
 *
 * @param {string} type
 * @param {string} value
 * @param {string} parent
 */
export function dnOf(type, value, parent) {
  const escaped = value.replace(/[,+"\\<>;=]/g, "\\$&").replace(/^[# ]|(?<=.) $/g, "\\$&");
  return `${type}=${escaped},${parent}`;
}

/** @param {string} path */
export function unitDn(path) {
  return path.split("/").reduce((parent, name) => dnOf("OU", name, parent), baseDn);
}

/** @param {Person} person */
function personDn({ cn, name, unit }) {
  return dnOf("CN", cn ?? name, unitDn(unit));
}

/**
 * The name of somebody of the small organisation.
 *
 * @param {string} id
 */
export function dnOfPerson(id) {
  const person = people.find((one) => one.id === id);
  if (person === undefined) throw new Error(`nobody is called ${id}`);
  return personDn(person);
}

/** @param {string} name */
export function groupDn(name) {
  return dnOf("CN", name, unitDn("그룹"));
}

/**
 * One entry as LDIF. Values are written in base64, so that none of them needs a thought.
 *
 * @param {string} dn
 * @param {Record<string, string | Buffer | readonly string[] | undefined>} attributes
 */
export function ldifEntry(dn, attributes) {
  const lines = Object.entries({ dn, ...attributes }).flatMap(([name, given]) =>
    (given === undefined ? [] : Array.isArray(given) ? given : [given]).map(
      (value) => `${name}:: ${Buffer.from(value).toString("base64")}`,
    ),
  );
  return `${lines.join("\n")}\n\n`;
}

/**
 * Active Directory counts in tenths of a microsecond since 1601.
 *
 * @param {Date} date
 */
function fileTime(date) {
  return String((BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n);
}

/**
 * @param {Person} person
 * @param {Map<string, string>} dnById
 */
function adPerson({ id, name, unit, title, manager, mail, lock }, dnById) {
  const isOneOfMany = unit === "많은 사람";
  return {
    objectClass: "user",
    ...{ sAMAccountName: id, userPrincipalName: `${id}@corp.test`, displayName: name, sn: name.slice(0, 1), givenName: name.slice(1) },
    ...{ mail: mail === null ? undefined : (mail ?? `${id}@corp.test`), department: unit.split("/").at(-1), title, employeeID: `E-${id}` },
    manager: manager && dnById.get(manager),
    clearTextPassword: isOneOfMany ? undefined : Buffer.from(peoplesPassword, "utf16le"),
    userAccountControl: isOneOfMany ? "544" : lock === "disabled" ? "514" : "512",
    accountExpires: lock === "expired" ? fileTime(new Date("2025-01-31T00:00:00Z")) : undefined,
    pwdLastSet: lock === "mustChange" ? "0" : undefined,
  };
}

/**
 * @param {Person} person
 * @param {Map<string, string>} dnById
 */
function ldapPerson({ id, cn, name, unit, title, manager, mail }, dnById) {
  return {
    objectClass: "inetOrgPerson",
    ...{ uid: id, cn: cn ?? name, displayName: name, sn: name.slice(0, 1), givenName: name.slice(1), employeeNumber: `E-${id}` },
    ...{ mail: mail === null ? undefined : (mail ?? `${id}@corp.test`), departmentNumber: unit.split("/").at(-1), title },
    manager: manager && dnById.get(manager),
    userPassword: unit === "많은 사람" ? undefined : peoplesPassword,
  };
}

/**
 * @param {Kind} kind
 * @param {readonly Person[]} list
 */
function ldifOfPeople(kind, list) {
  const dnById = new Map(list.map((person) => [person.id, personDn(person)]));
  return list.map((person) => ldifEntry(personDn(person), (kind === "ad" ? adPerson : ldapPerson)(person, dnById))).join("");
}

/**
 * @param {Kind} kind
 * @param {string} name
 * @param {readonly string[]} member names of entries
 */
function ldifOfGroup(kind, name, member) {
  return ldifEntry(
    groupDn(name),
    kind === "ad" ? { objectClass: "group", sAMAccountName: name, member } : { objectClass: "groupOfNames", cn: name, member },
  );
}

/**
 * The whole small organisation.
 *
 * @param {Kind} kind
 */
export function ldifOfOrganisation(kind) {
  const many = manyPeople(bigGroupSize);
  const memberDn = (/** @type {string} */ member) => (member.startsWith("@") ? groupDn(member.slice(1)) : dnOfPerson(member));
  return [
    ...units.map((path) => ldifEntry(unitDn(path), { objectClass: "organizationalUnit", ou: path.split("/").at(-1) })),
    ldifOfPeople(kind, people),
    ldifOfPeople(kind, many),
    ...Object.entries(groups).map(([name, members]) => ldifOfGroup(kind, name, members.map(memberDn))),
    ldifOfGroup(kind, "everybody", many.map(personDn)),
  ].join("");
}

/**
 * So many people more, for measurements; the small organisation's own many are not among them.
 *
 * @param {Kind} kind
 * @param {number} count
 */
export function ldifOfMore(kind, count) {
  return ldifOfPeople(kind, manyPeople(bigGroupSize + count))
    .split("\n\n")
    .slice(bigGroupSize)
    .join("\n\n");
}

/**
 * What has to be changed once everybody stands: the circle of groups, and who is locked, which no new entry can be.
 *
 * @param {Kind} kind
 */
export function ldifOfChanges(kind) {
  const circle = ldifEntry(groupDn("circle-a"), { changetype: "modify", add: "member", member: groupDn("circle-b") });
  if (kind === "openldap") return circle;
  const locked = people.filter(({ lock }) => lock === "locked").map(personDn);
  const replace = (/** @type {string} */ dn, /** @type {string} */ name, /** @type {string} */ value) =>
    ldifEntry(dn, { changetype: "modify", replace: name, [name]: value });
  // Without an end: what was prepared once is used for weeks.
  const policy = replace(baseDn, "lockoutDuration", String(-(2n ** 63n)));
  return [circle, policy, ...locked.map((dn) => replace(dn, "lockoutTime", fileTime(new Date("2026-01-31T00:00:00Z"))))].join("");
}
