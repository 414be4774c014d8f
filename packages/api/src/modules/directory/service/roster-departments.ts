import { departmentSearchKeys } from "@maru/db/search-keys";
import { sql } from "kysely";
import type { TxCtx } from "../../../tools";
import { directoryErrors } from "../contract";
import {
  asSet,
  columnOf,
  columnsOf,
  differenceOf,
  lockOrganisation,
  type RosterChange,
  requireSet,
  tellDepartmentsChanged,
} from "./roster-set";

/**
 * A department as a directory or a file tells of it. A field that is left out stays as it is; of a new one, the English name and the
 * abbreviation follow from the name. `closedOn` (`YYYY-MM-DD`) closes it, null opens it again.
 */
export type RosterDepartment = {
  /** Made by the caller (`newId()`) for what is new. */
  readonly id: string;
  /** Null for a root. A parent may be new in the same set, wherever it stands there. */
  readonly parentId?: string | null;
  /** What is new has a name and a code. */
  readonly name?: string;
  readonly code?: string;
  readonly nameEn?: string;
  readonly abbreviation?: string;
  readonly kind?: "COMPANY" | "DIVISION" | "DEPARTMENT" | "TEAM";
  readonly sortOrder?: number;
  readonly closedOn?: string | null;
};

/** What is new, what changed, and what else stands somewhere else now because something above it moved. */
export type SavedDepartments = {
  readonly created: readonly string[];
  readonly changed: readonly RosterChange[];
  readonly movedAlong: readonly string[];
};

const FIELDS = ["parentId", "name", "code", "nameEn", "abbreviation", "kind", "sortOrder", "closedOn"] as const;
type Standing = Required<RosterDepartment> & { readonly path: string };
type Tree = ReadonlyMap<string, Standing>;
type Planned = RosterChange & { readonly isNew: boolean };

// The whole tree: some hundreds or thousands of rows, and every path below something that moves is wanted.
const readTree = async (tx: TxCtx): Promise<Tree> => {
  const columns = FIELDS.map(
    (field) => sql`${sql.ref(columnOf(field))}${sql.raw(field === "closedOn" ? "::text" : "")} AS ${sql.ref(field)}`,
  );
  const { rows } = await sql<Standing>`SELECT id, path, ${sql.join(columns)} FROM department`.execute(tx.sql);
  return new Map(rows.map((row) => [row.id, row]));
};

// What of a department is searched follows from these.
const keysOf = ({ name = "", nameEn = "", code = "", abbreviation = "" }: Partial<Standing>) =>
  departmentSearchKeys({ name, nameEn, code, abbreviation });
const WRITTEN = [...FIELDS, "path", ...Object.keys(keysOf({}))].map(columnOf);

const born = ({ name, nameEn, abbreviation, ...row }: RosterDepartment): RosterDepartment => ({
  ...{ parentId: null, kind: "DEPARTMENT" as const, sortOrder: 0, closedOn: null },
  ...row,
  name,
  nameEn: nameEn ?? name,
  abbreviation: abbreviation ?? name,
});

const planDepartments = (rows: readonly RosterDepartment[], tree: Tree): Planned[] => {
  const unknown = rows.filter(({ id, name, code }) => !tree.has(id) && (name === undefined || code === undefined)).map(({ id }) => id);
  if (unknown.length > 0) throw directoryErrors.departmentNotFound({ ids: unknown });
  return rows.flatMap((row) => {
    const standing = tree.get(row.id);
    const { id, ...wanted } = standing ? row : born(row);
    const difference = differenceOf(standing ?? {}, wanted);
    return difference ? [{ id, ...difference, isNew: !standing }] : [];
  });
};

/** The path of every department of the tree as it will be; refuses a parent that is nowhere and a tree that bites its tail. */
const pathsOf = (parents: ReadonlyMap<string, string | null>, blamed: ReadonlySet<string>): Map<string, string> => {
  const paths = new Map<string, string>();
  const pathOf = (id: string, below: ReadonlySet<string>): string => {
    const known = paths.get(id);
    if (known !== undefined) return known;
    if (below.has(id)) throw directoryErrors.departmentCycle({ ids: [...below].filter((one) => blamed.has(one)) });
    const parentId = parents.get(id) ?? null;
    if (parentId !== null && !parents.has(parentId)) throw directoryErrors.departmentNotFound({ ids: [id] });
    const path = parentId === null ? id : `${pathOf(parentId, new Set([...below, id]))}/${id}`;
    paths.set(id, path);
    return path;
  };
  for (const id of parents.keys()) pathOf(id, new Set());
  return paths;
};

const keepCodesUnique = (planned: readonly Planned[], tree: Tree): void => {
  const changed = new Map(planned.map(({ id, after }) => [id, after.code]));
  const owners = new Map([...tree].filter(([id]) => changed.get(id) === undefined).map(([id, { code }]) => [code, id]));
  const taken = planned.filter(({ id, after: { code } }) => {
    if (typeof code !== "string") return false;
    const isTaken = (owners.get(code) ?? id) !== id;
    owners.set(code, id);
    return isTaken;
  });
  if (taken.length > 0) throw directoryErrors.departmentCodeTaken({ ids: taken.map(({ id }) => id) });
};

// Codes may be swapped within the set; a unique index compares row by row, so who gives hers away has another one for a moment.
const releaseCodes = async (tx: TxCtx, planned: readonly Planned[], tree: Tree): Promise<void> => {
  const wanted = new Set(planned.map(({ after }) => after.code));
  const giving = planned.filter(({ id, after }) => after.code !== undefined && wanted.has(tree.get(id)?.code)).map(({ id }) => id);
  if (giving.length > 0) await sql`UPDATE department SET code = id::text WHERE id = any(${giving}::uuid[])`.execute(tx.sql);
};

const writeDepartments = async (tx: TxCtx, docs: readonly object[]): Promise<void> => {
  const columns = sql.join(WRITTEN.map((column) => sql.ref(column)));
  const values = sql.join(WRITTEN.map((column) => sql`excluded.${sql.ref(column)}`));
  await sql`
    INSERT INTO department SELECT written.* FROM jsonb_array_elements(${asSet(docs)}) AS row(doc)
      LEFT JOIN department AS standing ON standing.id = (row.doc ->> 'id')::uuid
      CROSS JOIN LATERAL jsonb_populate_record(standing, row.doc) AS written
    ON CONFLICT (id) DO UPDATE SET (${columns}) = (${values})`.execute(tx.sql);
};

/**
 * Writes departments as a directory or a file has them, up to 1,000 a call: new ones are made, of the others only what differs is written.
 * Another name renames; another parent moves it with everything below, so that all paths follow. Nothing is deleted. Refuses the whole set with
 * `directory.departmentNotFound` (a parent, or a row without a name or code that is nowhere), `directory.departmentCycle` or
 * `directory.departmentCodeTaken`, each with `details.ids`, the rows of the set that are to blame.
 */
export const saveDepartments = async (tx: TxCtx, rows: readonly RosterDepartment[]): Promise<SavedDepartments> => {
  requireSet(rows.map(({ id }) => id));
  await lockOrganisation(tx);
  const tree = await readTree(tx);
  const planned = planDepartments(rows, tree);
  if (planned.length === 0) return { created: [], changed: [], movedAlong: [] };
  keepCodesUnique(planned, tree);
  const plans = new Map(planned.map((plan) => [plan.id, plan]));
  const parents = new Map([...tree].map(([id, { parentId }]) => [id, parentId] as [string, string | null]));
  for (const { id, after } of planned) if (after.parentId !== undefined) parents.set(id, after.parentId as string | null);
  const paths = pathsOf(parents, new Set(plans.keys()));
  const movedAlong = [...tree].filter(([id, { path }]) => !plans.has(id) && paths.get(id) !== path).map(([id]) => id);
  await releaseCodes(tx, planned, tree);
  const docOf = (id: string) => {
    const after = plans.get(id)?.after;
    return columnsOf({ id, ...after, ...keysOf({ ...tree.get(id), ...after }), path: paths.get(id) });
  };
  await writeDepartments(tx, [...plans.keys(), ...movedAlong].map(docOf));
  for (const { id, isNew, before, after } of planned) {
    const action = isNew ? "directory.department.create" : "directory.department.change";
    tx.record({ action, subjectType: "directory.department", subjectId: id, details: isNew ? after : { before, after } });
  }
  tellDepartmentsChanged(tx, [...plans.keys(), ...movedAlong]);
  const changed = planned.filter(({ isNew }) => !isNew).map(({ id, before, after }) => ({ id, before, after }));
  return { created: planned.filter(({ isNew }) => isNew).map(({ id }) => id), changed, movedAlong };
};
