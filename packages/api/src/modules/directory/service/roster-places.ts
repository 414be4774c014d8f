import { newId } from "@maru/platform/crypto/id";
import { sql } from "kysely";
import type { TxCtx } from "../../../tools";
import { directoryErrors } from "../contract";
import { asSet, lockOrganisation, type RosterChange, requireSet, tellPeopleChanged } from "./roster-set";

/**
 * A place of a person: the department, the duty (직책) there, and whether it is the one that she stands under. A duty that is left out stays what
 * it is, null takes it away.
 */
export type Place = { readonly departmentId: string; readonly titleId?: string | null; readonly isPrimary: boolean };

/**
 * Where somebody works from a day on (`YYYY-MM-DD`). `others` says what becomes of the places that are not named: a directory that knows one
 * place of each person keeps them, a file that lists all ends them. A primary place ends in any case when another one takes its place.
 */
export type RosterPlaces = {
  readonly personId: string;
  readonly places: readonly Place[];
  readonly others: "kept" | "ended";
  readonly on: string;
};

type Standing = { readonly personId: string; readonly departmentId: string; readonly titleId: string | null; readonly isPrimary: boolean };
/** A place as it shall be: `endsOn` is null as long as it lasts. */
type Wanted = Standing & { readonly startsOn: string; readonly endsOn: string | null };

const readPlaces = async (tx: TxCtx, personIds: readonly string[]): Promise<Map<string, Standing[]>> => {
  const { rows } = await sql<Standing>`
    SELECT person_id AS "personId", department_id AS "departmentId", title_id AS "titleId", is_primary AS "isPrimary"
    FROM unnest(${[...personIds]}::uuid[]) AS named(id) JOIN affiliation ON person_id = named.id WHERE ends_on IS NULL`.execute(tx.sql);
  const places = new Map<string, Standing[]>(personIds.map((id) => [id, []]));
  for (const row of rows) places.get(row.personId)?.push(row);
  return places;
};

const requirePlaces = ({ personId, places }: RosterPlaces): void => {
  const departments = new Set(places.map(({ departmentId }) => departmentId));
  if (departments.size !== places.length || places.filter(({ isPrimary }) => isPrimary).length > 1)
    throw new Error(`the places of ${personId} name a department twice, or two primary ones`);
};

const isSame = (left: Standing, right: Standing): boolean => left.titleId === right.titleId && left.isPrimary === right.isPrimary;

/** What must be written of one person, as her places differ from those that are named. */
const planPlaces = ({ personId, places, others, on }: RosterPlaces, standing: readonly Standing[]): Wanted[] => {
  const named = new Map(places.map((place) => [place.departmentId, place]));
  const hasPrimary = places.some(({ isPrimary }) => isPrimary);
  const written = places.flatMap(({ departmentId, titleId, isPrimary }): Wanted[] => {
    const before = standing.find((place) => place.departmentId === departmentId);
    const wanted = { personId, departmentId, titleId: titleId === undefined ? (before?.titleId ?? null) : titleId, isPrimary };
    return before && isSame(before, wanted) ? [] : [{ ...wanted, startsOn: on, endsOn: null }];
  });
  const ended = standing
    .filter((place) => !named.has(place.departmentId) && (others === "ended" || (hasPrimary && place.isPrimary)))
    .map((place): Wanted => ({ ...place, startsOn: on, endsOn: on }));
  return [...ended, ...written];
};

// A place that ended and begins again is one row: it starts anew. One that lasts keeps its first day.
const writePlaces = async (tx: TxCtx, wanted: readonly Wanted[]): Promise<void> => {
  const rows = asSet(wanted.map((place) => ({ id: newId(), ...place })));
  const columns = sql.raw(
    `"id" uuid, "personId" uuid, "departmentId" uuid, "titleId" uuid, "isPrimary" boolean, "startsOn" date, "endsOn" date`,
  );
  // First what ends or is primary no more: a person has one primary place at every moment.
  await sql`
    UPDATE affiliation AS own SET is_primary = row."isPrimary" AND row."endsOn" IS NULL, ends_on = row."endsOn"
    FROM jsonb_to_recordset(${rows}) AS row(${columns})
    WHERE own.person_id = row."personId" AND own.department_id = row."departmentId" AND own.ends_on IS NULL
      AND (row."endsOn" IS NOT NULL OR (own.is_primary AND NOT row."isPrimary"))`.execute(tx.sql);
  await sql`
    INSERT INTO affiliation AS own (id, person_id, department_id, title_id, is_primary, starts_on)
    SELECT row.id, row."personId", row."departmentId", row."titleId", row."isPrimary", row."startsOn"
    FROM jsonb_to_recordset(${rows}) AS row(${columns}) WHERE row."endsOn" IS NULL
    ON CONFLICT (person_id, department_id) DO UPDATE SET title_id = excluded.title_id, is_primary = excluded.is_primary,
      starts_on = CASE WHEN own.ends_on IS NULL THEN own.starts_on ELSE excluded.starts_on END, ends_on = NULL`.execute(tx.sql);
};

const refuseUnknown = async (tx: TxCtx, rows: readonly RosterPlaces[]): Promise<void> => {
  const named = [...new Set(rows.flatMap(({ places }) => places.map(({ departmentId }) => departmentId)))];
  const known = await sql<{ id: string }>`SELECT id FROM department WHERE id = any(${named}::uuid[])`.execute(tx.sql);
  const ids = new Set(known.rows.map(({ id }) => id));
  const lost = rows.filter(({ places }) => places.some(({ departmentId }) => !ids.has(departmentId))).map(({ personId }) => personId);
  if (lost.length > 0) throw directoryErrors.departmentNotFound({ ids: lost });
};

const shown = (places: readonly Standing[]) => places.map(({ departmentId, titleId, isPrimary }) => ({ departmentId, titleId, isPrimary }));

/**
 * Writes where people work, up to 1,000 people a call: only what differs is written, and a place that is not theirs any more ends and stays on
 * record. Gives whom it changed, with their places before and after. Refuses the whole set with `directory.departmentNotFound` and the people
 * of those rows in `details.ids`; a person or a title that is not there is a fault of the database.
 */
export const savePlaces = async (tx: TxCtx, rows: readonly RosterPlaces[]): Promise<RosterChange[]> => {
  const personIds = rows.map(({ personId }) => personId);
  requireSet(personIds);
  for (const row of rows) requirePlaces(row);
  await lockOrganisation(tx);
  await refuseUnknown(tx, rows);
  const standing = await readPlaces(tx, personIds);
  const wanted = rows.flatMap((row) => planPlaces(row, standing.get(row.personId) ?? []));
  if (wanted.length === 0) return [];
  await writePlaces(tx, wanted);
  const changedIds = [...new Set(wanted.map(({ personId }) => personId))];
  const now = await readPlaces(tx, changedIds);
  const changes = changedIds.map((id) => ({
    id,
    before: { places: shown(standing.get(id) ?? []) },
    after: { places: shown(now.get(id) ?? []) },
  }));
  for (const { id, before, after } of changes)
    tx.record({ action: "directory.person.move", subjectType: "directory.person", subjectId: id, details: { before, after } });
  tellPeopleChanged(tx, changedIds);
  return changes;
};
