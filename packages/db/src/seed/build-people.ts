import { departmentSearchKeys, personSearchKeys } from "../search-keys";
import { DEPARTMENTS, RANKS, TITLES } from "./organisation";
import { DEMO_ADMINISTRATORS, DEMO_USERNAMES, type DemoPerson, PEOPLE } from "./people";
import type { Random } from "./random";
import type { DemoRows } from "./rows";

/** A person of the demo, as posts and comments name them. */
export type Member = DemoPerson & {
  readonly id: string;
  readonly accountId: string;
  /** The ids of every department that the person belongs to, with all above. */
  readonly departmentIds: readonly string[];
};

export type BuiltPeople = Pick<DemoRows, "ranks" | "titles" | "departments" | "people" | "affiliations" | "accounts" | "assignments"> & {
  readonly members: readonly Member[];
  readonly departmentId: (code: string) => string;
};

const find = <Value>(map: ReadonlyMap<string, Value>, key: string): Value => {
  const value = map.get(key);
  if (value === undefined) throw new Error(`the demo names "${key}", which it does not define`);
  return value;
};

const buildDepartments = (random: Random, at: Date) => {
  const ids = new Map(DEPARTMENTS.map(({ code }) => [code, random.idAt(at)]));
  const paths = new Map<string, string>();
  const departments = DEPARTMENTS.map(({ parent, ...department }, sortOrder) => {
    const id = find(ids, department.code);
    const path = parent === null ? id : `${find(paths, parent)}/${id}`;
    paths.set(department.code, path);
    return {
      ...department,
      ...departmentSearchKeys(department),
      id,
      path,
      sortOrder,
      parentId: parent === null ? null : find(ids, parent),
    };
  });
  return { departments, departmentId: (code: string) => find(ids, code), pathOf: (code: string) => find(paths, code).split("/") };
};

// The phone numbers are of the range that is never given to anybody.
const contactOf = (person: DemoPerson, index: number) => ({
  employeeNo: `M${String(2_015_000 + index * 7)}`,
  email: `${person.username}@maru.example`,
  phone: `010-0000-${String(1_000 + index * 37)}`,
});

const rolesOf = (person: DemoPerson): { role: string; isForDepartment: boolean }[] => [
  { role: "member", isForDepartment: false },
  ...(DEMO_ADMINISTRATORS.includes(person.username) ? [{ role: "system-admin", isForDepartment: false }] : []),
  ...(person.title !== null && person.title !== "대표이사" ? [{ role: "department-admin", isForDepartment: true }] : []),
];

/** The people of the demo with everything that makes them: departments, ranks, titles, places, accounts and roles. */
export const buildPeople = (random: Random, at: Date, passwordHash: string): BuiltPeople => {
  const { departments, departmentId, pathOf } = buildDepartments(random, at);
  const ranks = RANKS.map((rank, sortOrder) => ({ ...rank, id: random.idAt(at), sortOrder }));
  const titles = TITLES.map((title, sortOrder) => ({ ...title, id: random.idAt(at), sortOrder, isHead: true }));
  const rankIds = new Map<string, string>(ranks.map(({ name, id }) => [name, id]));
  const titleIds = new Map<string, string>(titles.map(({ name, id }) => [name, id]));
  const startsOn = new Date(Date.UTC(at.getUTCFullYear() - 2, 0, 2));

  const members: Member[] = PEOPLE.map((person) => ({
    ...person,
    id: random.idAt(at),
    accountId: random.idAt(at),
    departmentIds: [...new Set([...pathOf(person.department), ...(person.alsoIn ? pathOf(person.alsoIn.department) : [])])],
  }));
  const people = members.map((person, index) => {
    const { id, name, nameEn, rank, state } = person;
    const contact = contactOf(person, index);
    const found = personSearchKeys({ name, nameEn, ...contact });
    const deactivatedFor = state === "RESIGNED" ? ("LEFT" as const) : null;
    return { id, name, nameEn, rankId: rank && find(rankIds, rank), state, deactivatedFor, createdAt: at, ...contact, ...found };
  });
  const place = (personId: string, code: string, title: string | null, isPrimary: boolean) => ({
    id: random.idAt(at),
    personId,
    departmentId: departmentId(code),
    titleId: title && find(titleIds, title),
    isPrimary,
    startsOn,
  });
  const affiliations = members.flatMap(({ id, department, title, alsoIn }) => [
    place(id, department, title, true),
    ...(alsoIn ? [place(id, alsoIn.department, alsoIn.title, false)] : []),
  ]);
  const accounts = members.map((person) => ({
    id: person.accountId,
    personId: person.id,
    username: person.username,
    passwordHash: DEMO_USERNAMES.includes(person.username) ? passwordHash : null,
    ...(person.state === "RESIGNED" ? { state: "DISABLED" as const, disabledBy: "DEACTIVATION" as const } : {}),
    createdAt: at,
  }));
  const assignments = members.flatMap((person) =>
    rolesOf(person).map(({ role, isForDepartment }) => ({
      id: random.idAt(at),
      accountId: person.accountId,
      role,
      departmentId: isForDepartment ? departmentId(person.department) : null,
    })),
  );
  return { ranks, titles, departments, people, affiliations, accounts, assignments, members, departmentId };
};
