import { sql } from "kysely";
import type { TxCtx } from "../../../tools";
import { isPresent, type PersonState } from "../contract";
import { type DeactivationReason, personDeactivated, personReactivated } from "../events";
import { asSet, lockOrganisation, requireSet, tellPeopleChanged } from "./roster-set";

/** Who does not work here any more, why, and since which day (`YYYY-MM-DD`). */
export type RosterDeactivation = { readonly personId: string; readonly reason: DeactivationReason; readonly on: string };

type Written = { readonly id: string; readonly was: PersonState; readonly reason: DeactivationReason; readonly on: string };

/**
 * Deactivates people, up to 1,000 a call: from then on they stand in no list and can't sign in. Their places, addresses and work stay. Who has
 * left already is left alone, except that a person's decision stands above the directory's: then it is no longer the directory's to take back.
 * Gives those whom this call deactivated; the event is told of each. It does not ask whether an administrator is left: whoever calls this has
 * (see `listIndispensable` of identity).
 */
export const deactivatePeople = async (tx: TxCtx, rows: readonly RosterDeactivation[]): Promise<string[]> => {
  requireSet(rows.map(({ personId }) => personId));
  await lockOrganisation(tx);
  const { rows: written } = await sql<Written>`
    UPDATE person SET state = 'RESIGNED', deactivated_for = row.reason, left_on = row."on", updated_at = ${tx.now()}::timestamptz
    FROM jsonb_to_recordset(${asSet(rows)}) AS row("personId" uuid, reason deactivation_reason, "on" date), person AS standing
    WHERE person.id = row."personId" AND standing.id = person.id
      AND (person.state IN ('ACTIVE', 'ON_LEAVE') OR (person.deactivated_for = 'DIRECTORY' AND row.reason <> 'DIRECTORY'))
    RETURNING person.id, standing.state AS was, row.reason, row."on"::text AS "on"`.execute(tx.sql);
  const isNew = ({ was }: Written) => isPresent(was);
  for (const { id, was, reason, on } of written)
    tx.record({ action: "directory.person.deactivate", subjectType: "directory.person", subjectId: id, details: { was, reason, on } });
  for (const { id, reason, on } of written.filter(isNew)) tx.emit(personDeactivated, { personId: id, reason, effectiveOn: on });
  tellPeopleChanged(
    tx,
    written.map(({ id }) => id),
  );
  return written.filter(isNew).map(({ id }) => id);
};

/**
 * Takes people in again who were deactivated for this reason, up to 1,000 a call, and gives those; who left for another reason stays away, so a
 * directory brings back only whom the directory has sent away.
 */
export const reactivatePeople = async (tx: TxCtx, personIds: readonly string[], reason: DeactivationReason): Promise<string[]> => {
  requireSet(personIds);
  await lockOrganisation(tx);
  const { rows } = await sql<{ id: string }>`
    UPDATE person SET state = 'ACTIVE', deactivated_for = NULL, left_on = NULL, updated_at = ${tx.now()}::timestamptz
    WHERE id = any(${[...personIds]}::uuid[]) AND state = 'RESIGNED' AND deactivated_for = ${reason}::deactivation_reason
    RETURNING id`.execute(tx.sql);
  for (const { id } of rows) {
    tx.record({ action: "directory.person.reactivate", subjectType: "directory.person", subjectId: id, details: { reason } });
    tx.emit(personReactivated, { personId: id });
  }
  const ids = rows.map(({ id }) => id);
  tellPeopleChanged(tx, ids);
  return ids;
};

/** Whether somebody works here: true or false until this transaction ends, for whoever decides by it. */
export const lockPresence = async (tx: Pick<TxCtx, "sql">, personId: string): Promise<boolean> => {
  const { rows } = await sql<{ state: PersonState }>`SELECT state FROM person WHERE id = ${personId}::uuid FOR SHARE`.execute(tx.sql);
  return rows.some(({ state }) => isPresent(state));
};
