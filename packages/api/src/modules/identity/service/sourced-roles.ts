import { newId } from "@maru/platform/crypto/id";
import { sql } from "kysely";
import type { TxCtx } from "../../../tools";
import { hintActors } from "./actors";
import { lockRights, readRoles, takesTwo } from "./rights-desk";

type Scope = { readonly roleId: string; readonly departmentId: string | null };

/** The roles that follow from somebody's groups: all of them, so that what is not named any more is taken. */
export type SourcedRolesRow = { readonly personId: string; readonly roles: readonly Scope[] };

export type SourcedRoleRefusal =
  | "identity.personWithoutAccount"
  | "identity.roleNotFound"
  | "identity.roleTakesTwo"
  | "directory.departmentNotFound";
type Moved = Scope & { readonly personId: string };

/** What was given and taken, and what was refused while the rest was done. */
export type SourcedRoles = {
  readonly given: readonly Moved[];
  readonly taken: readonly Moved[];
  readonly refused: readonly { readonly personId: string; readonly roleId: string | null; readonly reason: SourcedRoleRefusal }[];
};

type Account = { readonly id: string; readonly personId: string };
type Standing = Moved & { readonly id: string; readonly accountId: string };

const keyOf = ({ personId, roleId, departmentId }: Moved): string => `${personId} ${roleId} ${departmentId ?? ""}`;

const readAccounts = async (tx: TxCtx, personIds: readonly string[]): Promise<Map<string, Account>> => {
  const { rows } = await sql<Account>`
    SELECT account.id, person_id AS "personId"
    FROM unnest(${[...personIds]}::uuid[]) AS named(id) JOIN account ON person_id = named.id WHERE erased_at IS NULL`.execute(tx.sql);
  return new Map(rows.map((row) => [row.personId, row]));
};

const readSourced = async (tx: TxCtx, sourceId: string, personIds: readonly string[]): Promise<readonly Standing[]> => {
  const { rows } = await sql<Standing>`
    SELECT ra.id, ra.account_id AS "accountId", a.person_id AS "personId", ra.role_id AS "roleId", ra.department_id AS "departmentId"
    FROM unnest(${[...personIds]}::uuid[]) AS named(id) JOIN account a ON a.person_id = named.id
      JOIN role_assignment ra ON ra.account_id = a.id WHERE ra.source_id = ${sourceId}::uuid`.execute(tx.sql);
  return rows;
};

const readDepartments = async (tx: TxCtx, rows: readonly SourcedRolesRow[]): Promise<ReadonlySet<string>> => {
  const ids = [...new Set(rows.flatMap(({ roles }) => roles.flatMap(({ departmentId }) => departmentId ?? [])))];
  if (ids.length === 0) return new Set();
  const { rows: found } = await sql<{ id: string }>`SELECT id FROM department WHERE id = any(${ids}::uuid[])`.execute(tx.sql);
  return new Set(found.map(({ id }) => id));
};

const write = async (tx: TxCtx, sourceId: string, given: readonly (Moved & Account)[], taken: readonly Standing[]): Promise<void> => {
  const rows = given.map(({ id: accountId, roleId, departmentId }) => ({ id: newId(), accountId, roleId, departmentId }));
  if (rows.length > 0)
    await sql`
      INSERT INTO role_assignment (id, account_id, role_id, department_id, source_id, assigned_at)
      SELECT id, "accountId", "roleId", "departmentId", ${sourceId}::uuid, ${tx.now()}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row(id uuid, "accountId" uuid, "roleId" uuid, "departmentId" uuid)`.execute(
      tx.sql,
    );
  const ids = taken.map(({ id }) => id);
  if (ids.length > 0) await sql`DELETE FROM role_assignment WHERE id = any(${ids}::uuid[])`.execute(tx.sql);
};

const recordMove = (tx: TxCtx, accountId: string, sourceId: string, before: object | null, after: object | null): void =>
  tx.record({
    action: after ? "identity.account.assign-role" : "identity.account.unassign-role",
    subjectType: "identity.account",
    subjectId: accountId,
    details: { before, after, sourceId },
  });

/**
 * Gives people the roles that follow from their groups, and takes those that do not follow any more, up to 1,000 people a call. Only what the
 * same source has given is ever taken: a role that was given by hand stays, beside the source's own. A role that two administrators must agree
 * on is neither given nor taken, so no group makes or unmakes an administrator; that, and what is not there, is refused row by row.
 */
export const setSourcedRoles = async (tx: TxCtx, sourceId: string, rows: readonly SourcedRolesRow[]): Promise<SourcedRoles> => {
  await lockRights(tx.sql);
  const personIds = rows.map(({ personId }) => personId);
  const [roles, accounts, standing, departments] = [
    await readRoles(tx),
    await readAccounts(tx, personIds),
    await readSourced(tx, sourceId, personIds),
    await readDepartments(tx, rows),
  ];
  const refusalOf = ({ personId, roleId, departmentId }: Moved): SourcedRoleRefusal | null => {
    if (!accounts.has(personId)) return "identity.personWithoutAccount";
    if (!roles.has(roleId)) return "identity.roleNotFound";
    if (takesTwo(roles, roleId, departmentId)) return "identity.roleTakesTwo";
    return departmentId !== null && !departments.has(departmentId) ? "directory.departmentNotFound" : null;
  };
  const named = rows.flatMap(({ personId, roles: wanted }) => wanted.map((scope) => ({ personId, ...scope })));
  const wanted = new Map(named.map((move) => [keyOf(move), move]));
  const had = new Set(standing.map(keyOf));
  const giving = [...wanted.values()].filter((move) => !had.has(keyOf(move)));
  const taking = standing.filter((move) => !wanted.has(keyOf(move)));
  const isProtected = ({ roleId, departmentId }: Scope) => takesTwo(roles, roleId, departmentId);
  const refused = [
    ...giving.flatMap((move) => {
      const reason = refusalOf(move);
      return reason ? [{ personId: move.personId, roleId: move.roleId, reason }] : [];
    }),
    ...taking.filter(isProtected).map(({ personId, roleId }) => ({ personId, roleId, reason: "identity.roleTakesTwo" as const })),
  ];
  const given = giving.filter((move) => refusalOf(move) === null).map((move) => ({ ...move, ...(accounts.get(move.personId) as Account) }));
  const taken = taking.filter((move) => !isProtected(move));
  await write(tx, sourceId, given, taken);
  const told = ({ roleId, departmentId }: Scope) => ({ role: roles.get(roleId)?.key, name: roles.get(roleId)?.name, departmentId });
  for (const move of given) recordMove(tx, move.id, sourceId, null, told(move));
  for (const move of taken) recordMove(tx, move.accountId, sourceId, told(move), null);
  hintActors(tx, [...given.map(({ id }) => id), ...taken.map(({ accountId }) => accountId)]);
  const shown = ({ personId, roleId, departmentId }: Moved): Moved => ({ personId, roleId, departmentId });
  return { given: given.map(shown), taken: taken.map(shown), refused };
};
