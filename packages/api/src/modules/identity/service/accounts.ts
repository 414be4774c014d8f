import { newId } from "@maru/platform/crypto/id";
import type { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import { directoryErrors, isPresent } from "../../directory/contract";
import { createPerson, listPersonViews } from "../../directory/service";
import { type AccountRow, listAccountRows } from "../account-queries";
import {
  type AccountPage,
  type AccountRowView,
  type CreateAccountInput,
  type DeletedAccountView,
  identityErrors,
  type ListAccountsInput,
  type updateAccountInput,
} from "../contract";
import { can } from "../policy";
import { ACTOR_HINT } from "./actors";
import { closeAccount, markForErasure } from "./close-account";
import { lockRights } from "./rights-desk";
import { endSessionsOf } from "./sessions";
import { normaliseUsername } from "./sign-in";

const statusOf = ({ state, erase_after, has_password, last_sign_in_at }: AccountRow): AccountRowView["status"] => {
  if (erase_after) return "leaving";
  if (state === "DISABLED") return "disabled";
  return has_password || last_sign_in_at ? "active" : "waiting";
};

const toViews = async (ctx: Ctx, rows: readonly AccountRow[]): Promise<AccountRowView[]> => {
  const people = await listPersonViews(
    ctx,
    rows.map(({ person_id }) => person_id),
  );
  return rows.flatMap((row) => {
    const person = people.get(row.person_id);
    if (!person) return [];
    return {
      id: row.id,
      username: row.username,
      person,
      status: statusOf(row),
      createdAt: row.created_at.toISOString(),
      lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
      eraseAfter: row.erase_after?.toISOString() ?? null,
      can: { close: can.closeAccount(ctx.actor, row.id) },
    };
  });
};

/** The accounts by the name of their people, a page at a time; by the beginning of a name or a user name, and by what has become of them. */
export const listAccounts = async (ctx: Ctx, input: ListAccountsInput): Promise<AccountPage> => {
  const rows = await listAccountRows(ctx.sql, input);
  const shown = rows.slice(0, input.limit);
  return { items: await toViews(ctx, shown), nextCursor: rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null };
};

const getAccount = async (ctx: Ctx, id: string): Promise<AccountRowView> => {
  const [view] = await toViews(ctx, await listAccountRows(ctx.sql, { id, limit: 1 }));
  if (!view) throw identityErrors.accountNotFound();
  return view;
};

const personOf = async (tx: TxCtx, { personId, person }: CreateAccountInput): Promise<string> => {
  if (person) return createPerson(tx, person);
  const found = await tx.db.person.findUnique({ where: { id: personId ?? "" }, select: { id: true, state: true } });
  if (!found || !isPresent(found.state)) throw directoryErrors.personNotFound();
  if ((await tx.db.account.count({ where: { personId: found.id } })) > 0) throw identityErrors.personHasAccount();
  return found.id;
};

/** Gives a person an account. Nobody can sign in with it before its owner has set a password; she begins with the rights of every member. */
export const createAccount = async (ctx: Ctx, input: CreateAccountInput): Promise<AccountRowView> => {
  const username = normaliseUsername(input.username);
  const id = await ctx.tx(async (tx) => {
    const personId = await personOf(tx, input);
    const created = await tx.db.account.createManyAndReturn({
      data: { id: newId(), personId, username, createdAt: tx.now() },
      skipDuplicates: true,
      select: { id: true },
    });
    const accountId = created[0]?.id;
    if (!accountId) throw identityErrors.usernameTaken();
    const { id: roleId } = await tx.db.role.findUniqueOrThrow({ where: { key: "member" }, select: { id: true } });
    await tx.db.roleAssignment.create({ data: { id: newId(), accountId, roleId, assignedById: tx.actor.id, assignedAt: tx.now() } });
    tx.record({
      action: "identity.account.create",
      subjectType: "identity.account",
      subjectId: accountId,
      details: { username, personId, isNewPerson: input.person !== undefined },
    });
    return accountId;
  });
  return getAccount(ctx, id);
};

// Nobody locks herself out; what she wants to end of her own she ends on her own pages, where she is asked for her password.
// Rights are locked before the row, here as everywhere: who disables a set holds them while it comes to this one.
const lockOther = async (tx: TxCtx, id: string) => {
  await lockRights(tx.sql);
  const account = await tx.sql
    .selectFrom("account")
    .select(["id", "state", "disabled_by", "erase_after", "erased_at"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!account) throw identityErrors.accountNotFound();
  if (!can.closeAccount(tx.actor, id)) throw identityErrors.ownAccount();
  // From the moment on at which the worker may begin, nothing can be undone any more.
  if (account.erased_at || (account.erase_after && account.erase_after <= tx.now())) throw identityErrors.accountErased();
  return account;
};

/** Disables an account at once, or lets it be used again: that undoes a deletion too, as long as nothing was erased. */
export const updateAccount = async (ctx: Ctx, { id, state }: z.output<typeof updateAccountInput>): Promise<AccountRowView> => {
  await ctx.tx(async (tx) => {
    const before = await lockOther(tx, id);
    // What was disabled by itself and is blocked by somebody now stays blocked, whatever its person or her directory does.
    if (before.state === state && before.disabled_by === null) return;
    if (state === "DISABLED") await closeAccount(tx, id, null);
    else {
      await tx.db.account.update({ where: { id }, data: { state, disabledBy: null, eraseAfter: null } });
      tx.hint(ACTOR_HINT, id);
    }
    tx.record({
      action: state === "DISABLED" ? "identity.account.disable" : "identity.account.enable",
      subjectType: "identity.account",
      subjectId: id,
      details: before.erase_after ? { undoneErasure: before.erase_after.toISOString() } : {},
    });
  });
  return getAccount(ctx, id);
};

/** Disables an account at once and has it erased after a grace. Whoever repeats it does not begin the grace anew. */
export const deleteAccount = (ctx: Ctx, { id }: { id: string }): Promise<DeletedAccountView> =>
  ctx.tx(async (tx) => {
    const { erase_after } = await lockOther(tx, id);
    return erase_after ? { eraseAfter: erase_after.toISOString() } : markForErasure(tx, id);
  });

/** Signs an account out everywhere: for a lost device, without touching what its owner can do. */
export const signOutAccount = (ctx: Ctx, { id }: { id: string }): Promise<{ ended: number }> =>
  ctx.tx(async (tx) => {
    if ((await tx.db.account.count({ where: { id } })) === 0) throw identityErrors.accountNotFound();
    const ended = await endSessionsOf(tx, id, "ended-by-administrator");
    tx.record({ action: "identity.account.sign-out", subjectType: "identity.account", subjectId: id, details: { ended: ended.length } });
    return { ended: ended.length };
  });
