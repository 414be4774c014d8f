import { personSearchKeys } from "@maru/db/search-keys";
import { sql } from "kysely";
import type { TxCtx } from "../../../tools";
import { directoryErrors } from "../contract";
import { asSet, columnOf, columnsOf, differenceOf, lockOrganisation, type RosterChange, requireSet, tellPeopleChanged } from "./roster-set";

/**
 * Somebody as a directory or a file tells of her. A field that is left out stays as it is, null empties it; days are `YYYY-MM-DD`. Her places,
 * her manager and whether she still works here have doors of their own.
 */
export type RosterPerson = {
  /** Made by the caller (`newId()`) for who is new. */
  readonly id: string;
  /** Somebody new has one. */
  readonly name?: string;
  readonly nameEn?: string | null;
  readonly employeeNo?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly mobile?: string | null;
  readonly photoFileId?: string | null;
  readonly rankId?: string | null;
  readonly positionId?: string | null;
  readonly joinedOn?: string | null;
};

/** Who is new, what changed of whom, and from whom a mail address was taken because she has left and somebody here has it now. */
export type SavedPeople = {
  readonly created: readonly string[];
  readonly changed: readonly RosterChange[];
  readonly released: readonly string[];
};

type Standing = Required<RosterPerson> & { readonly name: string };
type Fields = Omit<RosterPerson, "id">;
type Planned = RosterChange & { readonly isNew: boolean };

const FIELDS = [
  "name",
  "nameEn",
  "employeeNo",
  "email",
  "phone",
  "mobile",
  "photoFileId",
  "rankId",
  "positionId",
  "joinedOn",
] as const satisfies readonly (keyof Fields)[];
const NOBODY: Fields = Object.fromEntries(FIELDS.map((field) => [field, null]));
// What of a person is searched follows from these.
const SEARCHED = ["name", "nameEn", "employeeNo", "phone", "mobile"] as const satisfies readonly (keyof Fields)[];

const keysOf = (person: Fields): ReturnType<typeof personSearchKeys> => {
  const { name = "", nameEn = null, employeeNo = null, phone = null, mobile = null } = person;
  return personSearchKeys({ name, nameEn, employeeNo, phone, mobile });
};

// Every column that this door may write of somebody who stands there.
const WRITTEN = [...FIELDS, ...Object.keys(keysOf({})), "updatedAt"].map(columnOf);

const readStanding = async (tx: TxCtx, ids: readonly string[]): Promise<Map<string, Standing>> => {
  const columns = FIELDS.map(
    (field) => sql`${sql.ref(columnOf(field))}${sql.raw(field === "joinedOn" ? "::text" : "")} AS ${sql.ref(field)}`,
  );
  const { rows } = await sql<Standing>`
    SELECT id, ${sql.join(columns)} FROM unnest(${ids}::uuid[]) AS named(id) JOIN person USING (id)`.execute(tx.sql);
  return new Map(rows.map((row) => [row.id, row]));
};

const planPeople = (rows: readonly RosterPerson[], standing: ReadonlyMap<string, Standing>): Planned[] => {
  const nameless = rows.filter(({ id, name }) => name === undefined && !standing.has(id)).map(({ id }) => id);
  if (nameless.length > 0) throw directoryErrors.personNotFound({ ids: nameless });
  return rows.flatMap(({ id, ...wanted }) => {
    const before = standing.get(id);
    const difference = differenceOf(before ?? NOBODY, wanted);
    return difference ? [{ id, ...difference, isNew: !before }] : [];
  });
};

type Unique = { readonly field: "email" | "employeeNo"; readonly key: (value: string) => string };
const MAIL: Unique = { field: "email", key: (value) => value.toLowerCase() };
const NUMBER: Unique = { field: "employeeNo", key: (value) => value };

/** Who will have which value of a field that only one person may have; a set that gives it to two is refused. */
const wantedOf = (planned: readonly Planned[], { field, key }: Unique): Map<string, string> => {
  const wanted = new Map<string, string>();
  const twice: string[] = [];
  for (const { id, after } of planned) {
    const value = after[field];
    if (typeof value !== "string") continue;
    if (wanted.has(key(value))) twice.push(id);
    else wanted.set(key(value), id);
  }
  if (twice.length > 0) throw takenError(field, twice);
  return wanted;
};

const takenError = (field: Unique["field"], ids: readonly string[]) =>
  field === "email" ? directoryErrors.emailTaken({ ids }) : directoryErrors.employeeNoTaken({ ids });

type Holder = { readonly id: string; readonly value: string; readonly hasLeft: boolean };
// Joined and not compared with `any(…)`, here as elsewhere: a plan that was made when the table was small reads it once for every value.
const readHolders = async (tx: TxCtx, field: Unique["field"], values: readonly string[]): Promise<readonly Holder[]> => {
  const left = sql`state NOT IN ('ACTIVE', 'ON_LEAVE') AS "hasLeft"`;
  const query =
    field === "email"
      ? sql<Holder>`SELECT id, value, ${left} FROM unnest(${values}::text[]) AS named(value) JOIN person ON lower(email) = value`
      : sql<Holder>`SELECT id, value, ${left} FROM unnest(${values}::text[]) AS named(value) JOIN person ON employee_no = value`;
  return (await query.execute(tx.sql)).rows;
};

/**
 * Refuses what somebody else has and keeps: `directory.emailTaken` or `directory.employeeNoTaken`, whose `ids` are the rows of the set that ask
 * for it. Gives who has it now and loses it, because the same set gives her another one, or because she has left: nobody reads her mail.
 */
const freeUnique = async (tx: TxCtx, planned: readonly Planned[], unique: Unique): Promise<{ swapped: string[]; left: string[] }> => {
  const { field } = unique;
  const wanted = wantedOf(planned, unique);
  if (wanted.size === 0) return { swapped: [], left: [] };
  const losing = new Set(planned.filter(({ after }) => after[field] !== undefined).map(({ id }) => id));
  const holders = (await readHolders(tx, field, [...wanted.keys()])).filter(({ id, value }) => wanted.get(value) !== id);
  const swapped = holders.filter(({ id }) => losing.has(id));
  const left = holders.filter(({ id, hasLeft }) => hasLeft && !losing.has(id) && field === "email");
  const taken = holders.filter((holder) => !swapped.includes(holder) && !left.includes(holder));
  if (taken.length > 0) throw takenError(field, [...new Set(taken.map(({ value }) => wanted.get(value) as string))]);
  return { swapped: swapped.map(({ id }) => id), left: left.map(({ id }) => id) };
};

const releaseMails = async (tx: TxCtx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await sql`UPDATE person SET email = NULL, updated_at = ${tx.now()}::timestamptz WHERE id = any(${ids}::uuid[])`.execute(tx.sql);
  for (const id of ids) tx.record({ action: "directory.person.release-mail", subjectType: "directory.person", subjectId: id });
};

// A number is compared row by row while the statement runs: who gives hers to another of the set has none for a moment.
const releaseNumbers = async (tx: TxCtx, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await sql`UPDATE person SET employee_no = NULL WHERE id = any(${ids}::uuid[])`.execute(tx.sql);
};

const docOf = (tx: TxCtx, { id, isNew, after }: Planned, standing: Standing | undefined): object => {
  const now = tx.now().toISOString();
  const whole = { ...standing, ...after } as Fields;
  const isSearched = isNew || SEARCHED.some((field) => after[field] !== undefined);
  const born = isNew ? { state: "ACTIVE", createdAt: now } : {};
  return columnsOf({ id, ...born, ...after, ...(isSearched ? keysOf(whole) : {}), updatedAt: now });
};

// A row knows some fields and leaves the others: PostgreSQL lays it over what stands there, with the table's own types.
const writePeople = async (tx: TxCtx, docs: readonly object[]): Promise<void> => {
  const columns = sql.join(WRITTEN.map((column) => sql.ref(column)));
  const values = sql.join(WRITTEN.map((column) => sql`excluded.${sql.ref(column)}`));
  await sql`
    INSERT INTO person SELECT written.* FROM jsonb_array_elements(${asSet(docs)}) AS row(doc)
      LEFT JOIN person AS standing ON standing.id = (row.doc ->> 'id')::uuid
      CROSS JOIN LATERAL jsonb_populate_record(standing, row.doc) AS written
    ON CONFLICT (id) DO UPDATE SET (${columns}) = (${values})`.execute(tx.sql);
};

/**
 * Writes people as a directory or a file has them, up to 1,000 a call: new ones are taken in, of the others only what differs is written, and
 * a set without differences writes nothing. Two of the set may swap their addresses or numbers; the address of somebody who has left is taken
 * from her. Refuses the whole set with `directory.emailTaken`, `directory.employeeNoTaken` or `directory.personNotFound` (a row without a name
 * is nobody's yet), each with `details.ids`, the rows that are to blame; a rank, position or picture that is not there is a fault of the
 * database. Whoever calls this may leave those rows out and call again, or halve the set.
 */
export const savePeople = async (tx: TxCtx, rows: readonly RosterPerson[]): Promise<SavedPeople> => {
  const ids = rows.map(({ id }) => id);
  requireSet(ids);
  await lockOrganisation(tx);
  const standing = await readStanding(tx, ids);
  const planned = planPeople(rows, standing);
  if (planned.length === 0) return { created: [], changed: [], released: [] };
  const { left: released } = await freeUnique(tx, planned, MAIL);
  await releaseMails(tx, released);
  await releaseNumbers(tx, (await freeUnique(tx, planned, NUMBER)).swapped);
  await writePeople(
    tx,
    planned.map((plan) => docOf(tx, plan, standing.get(plan.id))),
  );
  for (const { id, isNew, before, after } of planned) {
    const details = isNew ? { name: after.name, employeeNo: after.employeeNo ?? null } : { before, after };
    const action = isNew ? "directory.person.create" : "directory.person.change";
    tx.record({ action, subjectType: "directory.person", subjectId: id, details });
  }
  tellPeopleChanged(tx, [...planned.map(({ id }) => id), ...released]);
  const changed = planned.filter(({ isNew }) => !isNew).map(({ id, before, after }) => ({ id, before, after }));
  return { created: planned.filter(({ isNew }) => isNew).map(({ id }) => id), changed, released };
};
