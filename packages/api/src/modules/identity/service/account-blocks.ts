import { type SqlBool, sql } from "kysely";
import type { TxCtx } from "../../../tools";
import { type Administrator, rules } from "../policy";
import { hintActors } from "./actors";
import { listAdministrators, lockRights } from "./rights-desk";
import { endSessionsOfAll } from "./sessions";

/** What disables accounts by itself and may enable them again: that their people were deactivated, or what their directory says of them. */
export type AccountDisabler = "DEACTIVATION" | "DIRECTORY";

/** The people whose accounts were disabled, and those whose account was kept because nobody else could repair everything. */
export type DisabledAccounts = {
  readonly disabled: readonly string[];
  readonly refused: readonly { readonly personId: string; readonly reason: "identity.lastAdministrator" }[];
};

/**
 * The administrators among these people, when without them nobody would be left who has the highest role and can sign in. Whoever deactivates
 * people asks first, in the same transaction: the lock holds until it ends.
 */
export const listIndispensable = async (tx: Pick<TxCtx, "sql">, personIds: readonly string[]): Promise<string[]> => {
  await lockRights(tx.sql);
  const leaving = new Set(personIds);
  const administrators = await listAdministrators(tx.sql);
  const isLeaving = ({ personId }: Administrator) => leaving.has(personId);
  return rules.keepsSomebody(administrators, isLeaving) ? [] : administrators.filter(isLeaving).map(({ personId }) => personId);
};

// Her leaving says more than what the directory says of her account: only her return takes it back.
const disablable = (by: AccountDisabler) =>
  sql<SqlBool>`erased_at IS NULL AND (state = 'ACTIVE' OR (disabled_by = 'DIRECTORY' AND ${by} = 'DEACTIVATION'))`;

const readDisablable = async (tx: TxCtx, personIds: readonly string[], by: AccountDisabler): Promise<string[]> => {
  const { rows } = await sql<{ personId: string }>`
    SELECT person_id AS "personId" FROM unnest(${[...personIds]}::uuid[]) AS named(id) JOIN account ON person_id = named.id
    WHERE ${disablable(by)}`.execute(tx.sql);
  return rows.map(({ personId }) => personId);
};

type Account = { readonly id: string; readonly personId: string };
const write = async (tx: TxCtx, personIds: readonly string[], by: AccountDisabler): Promise<readonly Account[]> => {
  const { rows } = await sql<Account>`
    UPDATE account SET state = 'DISABLED', disabled_by = ${by}::account_disabler, updated_at = ${tx.now()}::timestamptz
    FROM unnest(${[...personIds]}::uuid[]) AS named(id) WHERE person_id = named.id AND ${disablable(by)}
    RETURNING account.id, person_id AS "personId"`.execute(tx.sql);
  return rows;
};

/**
 * Disables the accounts of these people, up to 1,000 a call, and ends their sessions and tokens at once. An account that somebody has blocked,
 * or that is about to be erased, stays what it is. The last administrators who can sign in are refused, all of them, for none is better than
 * another.
 */
export const disableAccounts = async (tx: TxCtx, personIds: readonly string[], by: AccountDisabler): Promise<DisabledAccounts> => {
  const open = await readDisablable(tx, personIds, by);
  // Asked for in vain, as after a sync that did it with the person: the lock of the rights is everybody's.
  if (open.length === 0) return { disabled: [], refused: [] };
  const kept = await listIndispensable(tx, open);
  const rows = await write(
    tx,
    open.filter((id) => !kept.includes(id)),
    by,
  );
  const accountIds = rows.map(({ id }) => id);
  await endSessionsOfAll(tx, accountIds, "account-disabled");
  hintActors(tx, accountIds);
  for (const id of accountIds)
    tx.record({ action: "identity.account.disable", subjectType: "identity.account", subjectId: id, details: { by } });
  return {
    disabled: rows.map(({ personId }) => personId),
    refused: kept.map((personId) => ({ personId, reason: "identity.lastAdministrator" })),
  };
};

/**
 * Enables the accounts of these people again, up to 1,000 a call, that this has disabled, and gives those people. What anybody else has blocked
 * stays blocked.
 */
export const enableAccounts = async (tx: TxCtx, personIds: readonly string[], by: AccountDisabler): Promise<string[]> => {
  await lockRights(tx.sql);
  const { rows } = await sql<Account>`
    UPDATE account SET state = 'ACTIVE', disabled_by = NULL, updated_at = ${tx.now()}::timestamptz
    FROM unnest(${[...personIds]}::uuid[]) AS named(id)
    WHERE person_id = named.id AND disabled_by = ${by}::account_disabler AND erase_after IS NULL AND erased_at IS NULL
    RETURNING account.id, person_id AS "personId"`.execute(tx.sql);
  hintActors(
    tx,
    rows.map(({ id }) => id),
  );
  for (const { id } of rows)
    tx.record({ action: "identity.account.enable", subjectType: "identity.account", subjectId: id, details: { by } });
  return rows.map(({ personId }) => personId);
};
