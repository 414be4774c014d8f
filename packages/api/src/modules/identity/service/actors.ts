import type { Sql } from "@maru/db/client";
import type { Actor } from "@maru/db/context";
import type { TxCtx } from "../../../tools";
import { findActorRow, toActor } from "../queries";

/** Announces that what accounts may do has changed; the message is the account's id, or empty for all. */
export const ACTOR_HINT = "actor";

/** More than this many accounts are announced as all: the doors ask anew for whoever comes next. */
const MAX_HINTED = 50;

/** Announces, once the transaction has committed, that what these accounts may do has changed. */
export const hintActors = (tx: Pick<TxCtx, "hint">, accountIds: readonly string[]): void => {
  const ids = [...new Set(accountIds)];
  if (ids.length > MAX_HINTED) tx.hint(ACTOR_HINT);
  else for (const id of ids) tx.hint(ACTOR_HINT, id);
};

/** Acts for whoever has not signed in. */
export const GUEST_ACTOR: Actor = {
  id: "00000000-0000-7000-8000-000000000001",
  accountId: null,
  sessionId: null,
  permissions: new Set(),
  departmentIds: [],
  managedDepartmentIds: [],
};

/** The actor that a person would be, for work that is done on her behalf; null for who may not sign in. */
export const findActorForPerson = async (reader: { readonly sql: Sql }, personId: string): Promise<Actor | null> => {
  const row = await findActorRow(reader.sql, personId);
  return row ? toActor(row, null) : null;
};
