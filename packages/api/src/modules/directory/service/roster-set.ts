import { sql } from "kysely";
import type { TxCtx } from "../../../tools";
import { departmentChanged, personChanged } from "../events";

/** How many rows a door of the roster takes at once: a chunk that one bad row throws away, and for which others who write the organisation wait. */
export const MAX_ROSTER_ROWS = 1000;

/** What a door changed of one person or department, as the record has it: the fields that differ, before and after. */
export type RosterChange = {
  readonly id: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
};

/** A row that a rule refused while the others of its set were written; `reason` is an error code of directory. */
export type RefusedRow<Reason extends string> = { readonly id: string; readonly reason: Reason };

/**
 * Waits for whoever writes the organisation already, until this transaction ends. The triggers of the tables take the same lock (see ADR 20);
 * whoever decides by what it has read takes it before it reads.
 */
export const lockOrganisation = async (tx: Pick<TxCtx, "sql">): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtext('organisation'))::text`.execute(tx.sql);
};

/** Refuses a set that is too large, or that names something twice: both are mistakes of the caller's code. */
export const requireSet = (ids: readonly string[], most = MAX_ROSTER_ROWS): void => {
  if (ids.length > most) throw new Error(`a set has at most ${most} rows`);
  if (new Set(ids).size !== ids.length) throw new Error("a set names each thing once");
};

/** A set as one parameter: `jsonb_to_recordset` reads it back as rows. */
export const asSet = (rows: readonly object[]) => sql`${JSON.stringify(rows)}::jsonb`;

type Values = Readonly<Record<string, unknown>>;
/** The fields of `wanted` that are not what stands; a field that is left out is not wanted to be anything. Null when nothing differs. */
export const differenceOf = (standing: Values, wanted: Values): Omit<RosterChange, "id"> | null => {
  const names = Object.keys(wanted).filter((name) => wanted[name] !== undefined && wanted[name] !== standing[name]);
  if (names.length === 0) return null;
  const pick = (values: Values) => Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
  return { before: pick(standing), after: pick(wanted) };
};

/** As many as one event names. */
const MAX_TOLD_IDS = 1000;

const tellIds = (ids: readonly string[], tell: (some: string[]) => void): void => {
  for (let start = 0; start < ids.length; start += MAX_TOLD_IDS) tell(ids.slice(start, start + MAX_TOLD_IDS));
};

/** Announces once that these people changed. */
export const tellPeopleChanged = (tx: TxCtx, ids: readonly string[]): void =>
  tellIds([...new Set(ids)], (personIds) => tx.emit(personChanged, { personIds }));

/** Announces once that these departments changed. */
export const tellDepartmentsChanged = (tx: TxCtx, ids: readonly string[]): void =>
  tellIds([...new Set(ids)], (departmentIds) => tx.emit(departmentChanged, { departmentIds }));

/** The column of a field, as the schema files map them: `employeeNo` is `employee_no`. */
export const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A row of the database from fields. */
export const columnsOf = (fields: Values): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [columnOf(field), value]));
