import type { Current, Desired, LinkedDepartment, LinkedPerson, NormalDepartment, NormalPerson, PersonFields } from "../desired";
import { claimOf, UNIQUE_FIELDS } from "../desired";
import { hashOfDepartment, hashOfPerson } from "../normalise";

/** A person of a directory: the id says who, everything else follows unless it is named. */
export const desiredPerson = (externalId: string, changes: Partial<NormalPerson> = {}): NormalPerson => ({
  externalId,
  dn: `cn=${externalId}`,
  isDisabled: false,
  expiresAt: null,
  ...changes,
  fields: { username: externalId, name: `이름 ${externalId}`, email: `${externalId}@maru.example`, ...changes.fields },
});

export const desiredDepartment = (externalId: string, changes: Partial<NormalDepartment> = {}): NormalDepartment => ({
  externalId,
  dn: `ou=${externalId}`,
  parentExternalId: null,
  name: `부서 ${externalId}`,
  ...changes,
});

/** A complete reading of these people, and of these departments where some are given. */
export const complete = (people: readonly NormalPerson[], changes: Partial<Desired> = {}): Desired => ({
  departments: null,
  hasAllDepartments: true,
  people,
  presentIds: new Set(people.map(({ externalId }) => externalId)),
  goneIds: [],
  roles: null,
  ...changes,
});

/** A person whom Maru knows as the directory had her; `local` is what differs in Maru. */
export type Known = readonly [person: NormalPerson, link?: Partial<LinkedPerson>, local?: PersonFields];

/** Maru as it stands: linked people, linked departments, and names that belong to somebody whom the source does not know. */
export const currently = (
  known: readonly Known[],
  changes: Partial<Current> & {
    readonly linkedDepartments?: readonly NormalDepartment[];
    readonly strangers?: Readonly<Record<string, string>>;
  } = {},
): Current => {
  const { linkedDepartments = [], strangers = {}, ...rest } = changes;
  const holders = new Map<string, string>(Object.entries(strangers));
  for (const [{ externalId, fields }, , local] of known)
    for (const field of UNIQUE_FIELDS) {
      const value = { ...fields, ...local }[field];
      if (value) holders.set(claimOf(field, value), `person ${externalId}`);
    }
  const linkOf = ([person, link]: Known): LinkedPerson => ({
    personId: `person ${person.externalId}`,
    name: person.fields.name ?? "",
    hash: hashOfPerson(person),
    dn: person.dn,
    isMissing: false,
    isDisabledBySync: false,
    isActive: true,
    managerId: null,
    ...link,
  });
  const departmentOf = (department: NormalDepartment): LinkedDepartment => ({
    departmentId: `department ${department.externalId}`,
    name: department.name,
    hash: hashOfDepartment(department),
    dn: department.dn,
    isMissing: false,
    isClosed: false,
  });
  return {
    people: new Map(known.map((one) => [one[0].externalId, linkOf(one)])),
    departments: new Map(linkedDepartments.map((one) => [one.externalId, departmentOf(one)])),
    fields: new Map(known.map(([{ externalId, fields }, , local]) => [externalId, { ...fields, ...local }])),
    holders,
    known: { rank: new Set(["과장"]), position: new Set(["팀장"]), title: new Set(["파트장"]) },
    roles: new Map(),
    ...rest,
  };
};
