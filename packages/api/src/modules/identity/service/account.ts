import { AppError } from "@maru/platform/errors";
import type { Ctx } from "../../../tools";
import { toPersonView } from "../../directory/service";
import { type AccountView, identityErrors, type SetPreferencesInput } from "../contract";
import { findActorForPerson } from "./actors";

/** An account as its owner sees it. */
export const readAccount = async (ctx: Ctx, accountId: string): Promise<AccountView> => {
  const account = await ctx.db.account.findUnique({ where: { id: accountId } });
  const card = account && (await ctx.db.personCard.findUnique({ where: { id: account.personId } }));
  const actor = account && (await findActorForPerson(ctx, account.personId));
  if (!account || !card || !actor) throw identityErrors.sessionEnded();
  const { id, username, locale, colorScheme } = account;
  return {
    id,
    username,
    person: toPersonView(card),
    locale: locale as AccountView["locale"],
    colorScheme: colorScheme as AccountView["colorScheme"],
    permissions: [...actor.permissions].sort(),
  };
};

/** The account that the actor has signed in with. A token is shown what it may do itself. */
export const me = async (ctx: Ctx): Promise<AccountView> => {
  const { accountId, tokenId, permissions } = ctx.actor;
  if (!accountId) throw new AppError("unauthenticated", "common.signInRequired");
  const account = await readAccount(ctx, accountId);
  return tokenId ? { ...account, permissions: [...permissions].sort() } : account;
};

/** Changes what the actor sees Maru in: language and colours. */
export const setPreferences = async (ctx: Ctx, input: SetPreferencesInput): Promise<AccountView> => {
  const { accountId } = ctx.actor;
  if (!accountId) throw new AppError("unauthenticated", "common.signInRequired");
  await ctx.tx(async (tx) => {
    await tx.db.account.update({ where: { id: accountId }, data: input });
  });
  return readAccount(ctx, accountId);
};
