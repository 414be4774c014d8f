import type { Sql } from "@maru/db/client";
import type { Actor } from "@maru/db/context";
import { findActorRow, toActor } from "../queries";

/** Announces that what accounts may do has changed; the message is the account's id, or empty for all. */
export const ACTOR_HINT = "actor";

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
