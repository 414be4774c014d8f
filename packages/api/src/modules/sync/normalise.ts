import { hash as digest } from "node:crypto";
import type { LdapEntry } from "@maru/platform/ldap/connection";
import { dnKey } from "@maru/platform/ldap/dn";
import { PERSON_FIELDS, type SourceMapping } from "./contract";
import { foldName, type NormalDepartment, type NormalPerson, type PersonFields } from "./desired";

const ACCOUNT_DISABLED = 0x2;
/** How OpenLDAP's password policy says that an administrator has locked an account for good. */
const PERMANENTLY_LOCKED = "000001010000Z";
/** 100-nanosecond steps between 1601, where Windows begins to count, and 1970. */
const FILETIME_EPOCH = 116_444_736_000_000_000n;
const FILETIME_NEVER = new Set(["0", "9223372036854775807"]);
/** Longer than any name or number: what is behind it was put there by mistake. */
const MAX_LENGTH = 300;
/** What a JavaScript date can hold. */
const LAST_MS = 8_640_000_000_000_000n;

/** A time as Windows counts it (accountExpires), as ISO; null for "never". */
export const ofFileTime = (text: string | null): string | null => {
  if (text === null || FILETIME_NEVER.has(text) || !/^\d{1,19}$/u.test(text)) return null;
  const ms = (BigInt(text) - FILETIME_EPOCH) / 10_000n;
  return ms < 0n || ms > LAST_MS ? null : new Date(Number(ms)).toISOString();
};

const GENERALIZED = /^(\d{4})(\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})?)?(?:[.,]\d+)?(Z|[+-]\d{4})$/u;

/** A generalizedTime ("20261121093000Z", "20261121183000.0+0900") as ISO; null for what is none. */
export const ofGeneralizedTime = (text: string | null): string | null => {
  const [, year, month, day, hour, minute = "00", second = "00", zone = "Z"] = GENERALIZED.exec(text ?? "") ?? [];
  if (!year) return null;
  const offset = zone === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

/** What most values are, and what needs no tidying: words of visible ASCII and whole Korean syllables. */
const TIDY = /^[!-~가-힣]+(?: [!-~가-힣]+)*$/u;

// What can't be stored or seen is no part of a name: NUL and its like, and half characters.
const tidy = (text: string | null): string | null => {
  if (text !== null && text.length <= MAX_LENGTH && TIDY.test(text)) return text;
  const tidied =
    text
      ?.normalize("NFC")
      .replace(/[\s\p{Cc}\p{Cs}\uFFFD]+/gu, " ")
      .trim() ?? "";
  return tidied === "" ? null : tidied.slice(0, MAX_LENGTH);
};

/** Where a person belongs, by the nearest unit above and by an attribute. */
export type DepartmentOf = (dn: string, attribute: string | null) => string | null;

const fieldsOf = (entry: LdapEntry, dn: string, mapping: SourceMapping, departmentOf: DepartmentOf): PersonFields => {
  const fields: Record<string, string | null> = {};
  for (const field of PERSON_FIELDS) {
    const attribute = mapping.attributes[field];
    if (field !== "department" && attribute) fields[field] = tidy(entry.first(attribute));
  }
  if (fields.username) fields.username = foldName(fields.username);
  if (fields.email) fields.email = foldName(fields.email);
  if (mapping.departmentsFrom === "NONE") return fields;
  const attribute = mapping.attributes.department;
  return { ...fields, department: departmentOf(dn, attribute ? tidy(entry.first(attribute)) : null) };
};

/** An entry of a directory as Maru understands it; null for one without an id of its own, which nothing could be linked with. */
export const normalise = (entry: LdapEntry, mapping: SourceMapping, departmentOf: DepartmentOf): NormalPerson | null => {
  if (entry.guid === null) return null;
  const dn = dnKey(entry.dn);
  const { manager } = mapping.attributes;
  const managerDn = manager ? entry.first(manager) : null;
  const control = Number(entry.first("userAccountControl") ?? 0);
  return {
    externalId: entry.guid,
    dn,
    fields: fieldsOf(entry, dn, mapping, departmentOf),
    ...(manager ? { managerDn: managerDn ? dnKey(managerDn) : null } : {}),
    isDisabled: (control & ACCOUNT_DISABLED) !== 0 || entry.first("pwdAccountLockedTime") === PERMANENTLY_LOCKED,
    expiresAt: ofFileTime(entry.first("accountExpires")),
  };
};

// Asked for several times in one run, of a hundred thousand people.
const hashes = new WeakMap<NormalPerson, string>();

/** What belongs into the comparison of two readings, in one order. The DN is not among it: it changes when a unit above is renamed. */
export const hashOfPerson = (person: NormalPerson): string => {
  const known = hashes.get(person);
  if (known !== undefined) return known;
  const { fields, managerDn, isDisabled, expiresAt } = person;
  const values = PERSON_FIELDS.map((field) => fields[field] ?? (field in fields ? null : 0));
  const hash = digest("sha256", JSON.stringify([values, managerDn ?? null, isDisabled, expiresAt]), "base64url");
  hashes.set(person, hash);
  return hash;
};

export const hashOfDepartment = ({ name, parentExternalId, departmentId }: NormalDepartment): string =>
  digest("sha256", JSON.stringify([name, parentExternalId, departmentId ?? null]), "base64url");
