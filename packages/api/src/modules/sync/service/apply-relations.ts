import { sql as raw } from "kysely";
import type { TxCtx } from "../../../tools";
import { saveManagers } from "../../directory/service";
import { setSourcedRoles } from "../../identity/service";
import { type Applying, type Outcome, outcomeOf, type StoredItem } from "./applying";
import { findLinked } from "./links";

// Who was created in this run is known by its link alone.
const withPeople = async (tx: TxCtx, items: readonly StoredItem[], { sourceId }: Applying) => {
  const externalIds = items.flatMap(({ externalId, after }) => [externalId, ...(after?.manager ? [after.manager] : [])]);
  const links = await findLinked(tx, sourceId, "PERSON", externalIds);
  const idOf = (externalId: string) => links.get(externalId)?.id ?? null;
  return { idOf, known: items.map((item) => ({ ...item, personId: item.personId ?? idOf(item.externalId) })) };
};

const UNKNOWN = "personUnknown";

/** Applies who leads whom; the plan has put those who lead before those whom they lead. */
export const applyManagers = async (tx: TxCtx, items: readonly StoredItem[], applying: Applying): Promise<Outcome[]> => {
  const { idOf, known } = await withPeople(tx, items, applying);
  const rows = known.flatMap(({ personId, after }) => {
    const managerId = after?.manager ? idOf(after.manager) : null;
    return personId === null || (after?.manager && managerId === null) ? [] : [{ personId, managerId }];
  });
  const { refused } = await saveManagers(tx, rows);
  const written = new Set(rows.map(({ personId }) => personId));
  const reasons = new Map(refused.map(({ id, reason }) => [id, reason]));
  return known.map((item) => {
    if (item.personId === null || !written.has(item.personId)) return outcomeOf(item, "FAILED", UNKNOWN);
    const reason = reasons.get(item.personId);
    return reason ? outcomeOf(item, "FAILED", reason) : outcomeOf(item);
  });
};

// What this source has given to them, for identity is told all roles of a person at once.
const readSourced = async (tx: TxCtx, sourceId: string, personIds: readonly string[]): Promise<Map<string, Set<string>>> => {
  const { rows } = await raw<{ personId: string; roleId: string }>`
    SELECT a.person_id AS "personId", ra.role_id AS "roleId" FROM role_assignment ra JOIN account a ON a.id = ra.account_id
    WHERE ra.source_id = ${sourceId}::uuid AND ra.department_id IS NULL AND a.person_id = any(${personIds}::uuid[])`.execute(tx.sql);
  const held = new Map<string, Set<string>>(personIds.map((id) => [id, new Set()]));
  for (const { personId, roleId } of rows) held.get(personId)?.add(roleId);
  return held;
};

/** Applies the roles that follow from groups. */
export const applyRoles = async (tx: TxCtx, items: readonly StoredItem[], applying: Applying): Promise<Outcome[]> => {
  const { known } = await withPeople(tx, items, applying);
  const personIds = [...new Set(known.flatMap(({ personId }) => personId ?? []))];
  const held = await readSourced(tx, applying.sourceId, personIds);
  for (const { personId, action, before, after } of known) {
    const roles = personId === null ? undefined : held.get(personId);
    if (action === "GRANT" && after?.role) roles?.add(after.role);
    if (action === "REVOKE" && before?.role) roles?.delete(before.role);
  }
  const rows = [...held].map(([personId, roles]) => ({ personId, roles: [...roles].map((roleId) => ({ roleId, departmentId: null })) }));
  const { refused } = await setSourcedRoles(tx, applying.sourceId, rows);
  return known.map((item) => {
    if (item.personId === null) return outcomeOf(item, "FAILED", UNKNOWN);
    const role = item.after?.role ?? item.before?.role;
    const refusal = refused.find(({ personId, roleId }) => personId === item.personId && (roleId === null || roleId === role));
    return refusal ? outcomeOf(item, "FAILED", refusal.reason) : outcomeOf(item);
  });
};
