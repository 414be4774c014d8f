import type { Operation, TURNS } from "./contract/reorganisation";

/** A department as far as a reorganisation changes it. A closed one stays, because old documents name it. */
export type PlannedDepartment = {
  readonly id: string;
  readonly parentId: string | null;
  readonly kind: "COMPANY" | "DIVISION" | "DEPARTMENT" | "TEAM";
  readonly name: string;
  readonly nameEn: string;
  readonly code: string;
  readonly abbreviation: string;
  readonly sortOrder: number;
  readonly isClosed: boolean;
};

/** Where somebody works who belongs to the organisation. */
export type PlannedPlace = {
  readonly personId: string;
  readonly departmentId: string;
  readonly titleId: string | null;
  readonly isPrimary: boolean;
};

export type Organisation = {
  readonly departments: ReadonlyMap<string, PlannedDepartment>;
  readonly places: readonly PlannedPlace[];
};

/** Why a step can't be done; each is a code of the module's errors. */
export type PlanFault =
  | "departmentNotFound"
  | "departmentTaken"
  | "departmentCodeTaken"
  | "departmentCycle"
  | "departmentTooDeep"
  | "departmentNotEmpty"
  | "personElsewhere";

/** How many departments stand above each other at most: a path of ids must stay an index key. */
const MAX_DEPTH = 20;

type Of<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;
type Step<Kind extends Operation["kind"]> = (organisation: Organisation, operation: Of<Kind>) => Organisation | PlanFault;

const open = ({ departments }: Organisation, id: string): PlannedDepartment | undefined => {
  const department = departments.get(id);
  return department?.isClosed ? undefined : department;
};

/** The department and everything above it, nearest first. */
const upwards = ({ departments }: Organisation, id: string): PlannedDepartment[] => {
  const found: PlannedDepartment[] = [];
  for (let at = departments.get(id); at; at = departments.get(at.parentId ?? "")) found.push(at);
  return found;
};

const isBelow = (organisation: Organisation, id: string, aboveId: string): boolean =>
  upwards(organisation, id).some((department) => department.id === aboveId);

const all = ({ departments }: Organisation): PlannedDepartment[] => [...departments.values()];

const withDepartment = ({ departments, places }: Organisation, department: PlannedDepartment): Organisation => ({
  departments: new Map(departments).set(department.id, department),
  places,
});

const isCodeTaken = (organisation: Organisation, code: string, ownId: string): boolean =>
  all(organisation).some((one) => one.code === code && one.id !== ownId);

/** Takes people from one department to another. Who has a place there already keeps that one, and it is her first where the lost one was. */
const relocated = (organisation: Organisation, fromId: string, toId: string, personIds?: ReadonlySet<string>): Organisation => {
  const isMoved = ({ departmentId, personId }: PlannedPlace) => departmentId === fromId && (personIds?.has(personId) ?? true);
  const moved = new Map(organisation.places.filter(isMoved).map((place) => [place.personId, place]));
  const there = new Set(organisation.places.filter(({ departmentId }) => departmentId === toId).map(({ personId }) => personId));
  const places = organisation.places.flatMap((place) => {
    if (isMoved(place)) return there.has(place.personId) ? [] : { ...place, departmentId: toId };
    if (place.departmentId !== toId || !moved.get(place.personId)?.isPrimary) return place;
    return { ...place, isPrimary: true };
  });
  return { ...organisation, places };
};

const create: Step<"CREATE"> = (organisation, { departmentId, parentId, departmentKind, name, nameEn, code, abbreviation }) => {
  if (organisation.departments.has(departmentId)) return "departmentTaken";
  if (parentId !== null && !open(organisation, parentId)) return "departmentNotFound";
  if (isCodeTaken(organisation, code, departmentId)) return "departmentCodeTaken";
  const last = Math.max(0, ...all(organisation).map(({ sortOrder }) => sortOrder));
  const words = { kind: departmentKind, name, nameEn, code, abbreviation };
  return withDepartment(organisation, { id: departmentId, parentId, ...words, sortOrder: last + 1, isClosed: false });
};

const rename: Step<"RENAME"> = (organisation, { departmentId, departmentKind, name, nameEn, code, abbreviation }) => {
  const department = open(organisation, departmentId);
  if (!department) return "departmentNotFound";
  if (isCodeTaken(organisation, code, departmentId)) return "departmentCodeTaken";
  return withDepartment(organisation, { ...department, kind: departmentKind, name, nameEn, code, abbreviation });
};

const move: Step<"MOVE"> = (organisation, { departmentId, parentId }) => {
  const department = open(organisation, departmentId);
  if (!department || !open(organisation, parentId)) return "departmentNotFound";
  return isBelow(organisation, parentId, departmentId) ? "departmentCycle" : withDepartment(organisation, { ...department, parentId });
};

const merge: Step<"MERGE"> = (organisation, { departmentId, intoId }) => {
  const department = open(organisation, departmentId);
  if (!department || !open(organisation, intoId)) return "departmentNotFound";
  if (isBelow(organisation, intoId, departmentId)) return "departmentCycle";
  const departments = new Map(organisation.departments).set(departmentId, { ...department, isClosed: true });
  for (const child of all(organisation))
    if (child.parentId === departmentId && !child.isClosed) departments.set(child.id, { ...child, parentId: intoId });
  return relocated({ ...organisation, departments }, departmentId, intoId);
};

const close: Step<"CLOSE"> = (organisation, { departmentId }) => {
  const department = open(organisation, departmentId);
  if (!department) return "departmentNotFound";
  const hasChildren = all(organisation).some((one) => one.parentId === departmentId && !one.isClosed);
  const hasPeople = organisation.places.some((place) => place.departmentId === departmentId);
  return hasChildren || hasPeople ? "departmentNotEmpty" : withDepartment(organisation, { ...department, isClosed: true });
};

const movePeople: Step<"MOVE_PEOPLE"> = (organisation, { departmentId, toId, personIds }) => {
  if (!open(organisation, departmentId) || !open(organisation, toId)) return "departmentNotFound";
  if (departmentId === toId) return organisation;
  const wanted = new Set(personIds);
  const there = organisation.places.filter((place) => place.departmentId === departmentId && wanted.has(place.personId));
  return there.length < wanted.size ? "personElsewhere" : relocated(organisation, departmentId, toId, wanted);
};

const STEPS: { readonly [Kind in Operation["kind"]]: Step<Kind> } = {
  CREATE: create,
  RENAME: rename,
  MOVE: move,
  MERGE: merge,
  CLOSE: close,
  MOVE_PEOPLE: movePeople,
};

const isTooDeep = (organisation: Organisation): boolean => all(organisation).some(({ id }) => upwards(organisation, id).length > MAX_DEPTH);

/** What the steps make of an organisation; or the first one that can't be done, counted from 0, and why. */
export const applyOperations = (
  organisation: Organisation,
  operations: readonly Operation[],
): { readonly organisation: Organisation } | { readonly at: number; readonly fault: PlanFault } => {
  let current = organisation;
  for (const [at, operation] of operations.entries()) {
    const step = STEPS[operation.kind] as Step<Operation["kind"]>;
    const next = step(current, operation as never);
    if (typeof next === "string") return { at, fault: next };
    if (isTooDeep(next)) return { at, fault: "departmentTooDeep" };
    current = next;
  }
  return { organisation: current };
};

export type DepartmentChange = {
  readonly id: string;
  readonly turns: readonly (typeof TURNS)[number][];
  readonly before: PlannedDepartment | null;
  readonly after: PlannedDepartment;
};

const WORDS = ["name", "nameEn", "code", "abbreviation", "kind"] as const;

const turnsOf = (before: PlannedDepartment | undefined, after: PlannedDepartment): (typeof TURNS)[number][] => {
  if (!before) return after.isClosed ? ["CREATED", "CLOSED"] : ["CREATED"];
  return [
    ...(WORDS.some((word) => before[word] !== after[word]) ? (["RENAMED"] as const) : []),
    ...(before.parentId !== after.parentId ? (["MOVED"] as const) : []),
    ...(before.isClosed !== after.isClosed ? (["CLOSED"] as const) : []),
  ];
};

/** Which departments differ, and in what. */
export const changedDepartments = (before: Organisation, after: Organisation): DepartmentChange[] =>
  all(after)
    .map((department) => {
      const stood = before.departments.get(department.id);
      return { id: department.id, turns: turnsOf(stood, department), before: stood ?? null, after: department };
    })
    .filter(({ turns }) => turns.length > 0);

const keyOf = ({ personId, departmentId, titleId, isPrimary }: PlannedPlace) => `${personId} ${departmentId} ${titleId} ${isPrimary}`;

/** The people of whom a place differs. */
export const movedPeople = (before: Organisation, after: Organisation): ReadonlySet<string> => {
  const differing = (here: Organisation, there: Organisation) => {
    const known = new Set(there.places.map(keyOf));
    return here.places.filter((place) => !known.has(keyOf(place))).map(({ personId }) => personId);
  };
  return new Set([...differing(before, after), ...differing(after, before)]);
};

/** The departments that close, each with the one that it went into: following merges of merges, null for one that was only closed. */
export const heirsOf = (
  before: Organisation,
  after: Organisation,
  operations: readonly Operation[],
): ReadonlyMap<string, string | null> => {
  const into = new Map(operations.flatMap((one) => (one.kind === "MERGE" ? [[one.departmentId, one.intoId] as const] : [])));
  const heirOf = (id: string): string | null => {
    let heir = into.get(id);
    while (heir !== undefined && into.has(heir)) heir = into.get(heir);
    return heir === undefined || after.departments.get(heir)?.isClosed ? null : heir;
  };
  const closed = changedDepartments(before, after).filter(({ turns, before: stood }) => stood && turns.includes("CLOSED"));
  return new Map(closed.map(({ id }) => [id, heirOf(id)]));
};
