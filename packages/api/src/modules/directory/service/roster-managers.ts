import { sql } from "kysely";
import type { TxCtx } from "../../../tools";
import { asSet, lockOrganisation, type RefusedRow, type RosterChange, requireSet, tellPeopleChanged } from "./roster-set";

/** A circle is seen only whole: the managers of an organisation are one set, and a row of this one is two ids. */
const MAX_MANAGER_ROWS = 20_000;

/** Whom a person reports to; null for nobody. */
export type RosterManager = { readonly personId: string; readonly managerId: string | null };

/** Whose manager changed, and the rows that were refused while the others were written. */
export type SavedManagers = {
  readonly changed: readonly RosterChange[];
  readonly refused: readonly RefusedRow<"directory.managerCycle" | "directory.managerNotFound">[];
};

type Reporting = Map<string, string | null>;

/** The people of the set and everybody above them, now and as it shall be. */
const readReporting = async (tx: TxCtx, rows: readonly RosterManager[]): Promise<Reporting> => {
  const ids = [...new Set(rows.flatMap(({ personId, managerId }) => (managerId === null ? [personId] : [personId, managerId])))];
  // UNION leaves out who was seen already, so it ends even where a cycle stands.
  const { rows: found } = await sql<{ id: string; managerId: string | null }>`
    WITH RECURSIVE above AS (
      SELECT id, manager_id FROM unnest(${ids}::uuid[]) AS named(id) JOIN person USING (id)
      UNION SELECT p.id, p.manager_id FROM above JOIN person p ON p.id = above.manager_id)
    SELECT id, manager_id AS "managerId" FROM above`.execute(tx.sql);
  return new Map(found.map(({ id, managerId }) => [id, managerId]));
};

/** The people on a cycle that can be reached from one, or none. */
const cycleAbove = (reporting: Reporting, from: string): readonly string[] => {
  const seen: string[] = [];
  for (let id: string | null = from; id !== null; id = reporting.get(id) ?? null) {
    const start = seen.indexOf(id);
    if (start >= 0) return seen.slice(start);
    seen.push(id);
  }
  return [];
};

/** Whoever of the set stands on a cycle keeps the manager that she has, until there is none: the order of the rows does not matter. */
const withoutCycles = (rows: readonly RosterManager[], standing: Reporting): Set<string> => {
  const refused = new Set<string>();
  const reporting: Reporting = new Map([...standing, ...rows.map(({ personId, managerId }) => [personId, managerId] as const)]);
  const open = new Set(rows.map(({ personId }) => personId));
  const blamedAbove = (personId: string) => cycleAbove(reporting, personId).filter((id) => open.has(id));
  for (const { personId } of rows) {
    for (let blamed = blamedAbove(personId); blamed.length > 0; blamed = blamedAbove(personId)) {
      for (const id of blamed) {
        reporting.set(id, standing.get(id) ?? null);
        open.delete(id);
        refused.add(id);
      }
    }
  }
  return refused;
};

/**
 * Writes whom people report to, up to 20,000 rows a call, only where it differs. The set is judged as it will stand when all of it is written;
 * a row that would close a circle, or names somebody who is not there, is refused with its reason and its person keeps the manager she has.
 */
export const saveManagers = async (tx: TxCtx, rows: readonly RosterManager[]): Promise<SavedManagers> => {
  requireSet(
    rows.map(({ personId }) => personId),
    MAX_MANAGER_ROWS,
  );
  await lockOrganisation(tx);
  const standing = await readReporting(tx, rows);
  const isThere = ({ personId, managerId }: RosterManager) => standing.has(personId) && (managerId === null || standing.has(managerId));
  const known = rows.filter(isThere);
  const circling = withoutCycles(known, standing);
  const written = known.filter(({ personId, managerId }) => !circling.has(personId) && standing.get(personId) !== managerId);
  const changed = written.map(({ personId, managerId }) => ({
    id: personId,
    before: { managerId: standing.get(personId) ?? null },
    after: { managerId },
  }));
  if (written.length > 0)
    await sql`
      UPDATE person SET manager_id = row."managerId", updated_at = ${tx.now()}::timestamptz
      FROM jsonb_to_recordset(${asSet(written)}) AS row("personId" uuid, "managerId" uuid) WHERE person.id = row."personId"`.execute(
      tx.sql,
    );
  for (const { id, before, after } of changed)
    tx.record({ action: "directory.person.change", subjectType: "directory.person", subjectId: id, details: { before, after } });
  tellPeopleChanged(
    tx,
    changed.map(({ id }) => id),
  );
  const refused = [
    ...rows.filter((row) => !isThere(row)).map(({ personId }) => ({ id: personId, reason: "directory.managerNotFound" as const })),
    ...[...circling].map((id) => ({ id, reason: "directory.managerCycle" as const })),
  ];
  return { changed, refused };
};
