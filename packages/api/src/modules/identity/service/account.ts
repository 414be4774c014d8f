import { AppError } from "@maru/platform/errors";
import type { Ctx } from "../../../tools";
import { changeOwnPerson, listOwnFields, toPersonView } from "../../directory/service";
import { type AccountView, identityErrors, type UpdateProfileInput } from "../contract";
import { findActorForPerson } from "./actors";

/** An account as its owner sees it. */
export const readAccount = async (ctx: Ctx, accountId: string): Promise<AccountView> => {
  const account = await ctx.db.account.findUnique({ where: { id: accountId } });
  const card = account && (await ctx.db.personCard.findUnique({ where: { id: account.personId } }));
  const actor = account && (await findActorForPerson(ctx, account.personId));
  if (!account || !card || !actor) throw identityErrors.sessionEnded();
  const contact = await ctx.db.person.findUniqueOrThrow({
    where: { id: account.personId },
    select: { email: true, phone: true, mobile: true },
  });
  const { id, username, locale, colorScheme, timeZone, sourceId } = account;
  return {
    id,
    username,
    person: toPersonView(card),
    locale: locale as AccountView["locale"],
    colorScheme: colorScheme as AccountView["colorScheme"],
    timeZone,
    contact,
    can: { change: [...listOwnFields()] },
    permissions: [...actor.permissions].sort(),
    hasPasswordElsewhere: sourceId !== null,
    needsFactor: actor.needsFactor === true,
  };
};

/** The account that the actor has signed in with. A token is shown what it may do itself. */
export const me = async (ctx: Ctx): Promise<AccountView> => {
  const { accountId, tokenId, permissions } = ctx.actor;
  if (!accountId) throw new AppError("unauthenticated", "common.signInRequired");
  const account = await readAccount(ctx, accountId);
  return tokenId ? { ...account, permissions: [...permissions].sort() } : account;
};

/** Changes what the actor says of herself in the directory, and what she sees Maru in: language, time zone and colours. */
export const updateProfile = async (ctx: Ctx, input: UpdateProfileInput): Promise<AccountView> => {
  const { accountId } = ctx.actor;
  if (!accountId) throw new AppError("unauthenticated", "common.signInRequired");
  const { locale, colorScheme, timeZone, ...person } = input;
  await ctx.tx(async (tx) => {
    // The organisation before the account, as those who write both in sets.
    await changeOwnPerson(tx, person);
    await tx.db.account.update({ where: { id: accountId }, data: { locale, colorScheme, timeZone } });
  });
  return readAccount(ctx, accountId);
};
