import { AppError } from "@maru/platform/errors";
import type { Ctx } from "../../../tools";
import { type AcceptedView, identityErrors, type LinkInput, type MailStateView } from "../contract";
import { limitMails } from "../link-limits";
import { findLinkAccount, findOpenLink, requestLink, useLink } from "./links";
import type { SignInOrigin } from "./sessions";

const ownAccount = async (ctx: Ctx) => {
  if (!ctx.actor.accountId) throw new AppError("unauthenticated", "common.signInRequired");
  return findLinkAccount(ctx, ctx.actor.accountId);
};

/** Whether the actor has shown that her mail address is hers. A new address begins as one that she has not. */
export const getMailState = async (ctx: Ctx): Promise<MailStateView> => {
  const account = await ownAccount(ctx);
  return { mail: account?.mail ?? null, isVerified: account !== null && account.verifiedMail === account.mail };
};

/** Asks for a mail with which the actor shows that the address is hers. */
export const requestMailVerification = async (ctx: Ctx, { address }: SignInOrigin): Promise<AcceptedView> => {
  const account = await ownAccount(ctx);
  if (!account) throw identityErrors.mailMissing();
  await limitMails(ctx.tools.limits, account.id, address);
  await ctx.tx(async (tx) => {
    await requestLink(tx, { purpose: "VERIFY", accountId: account.id, mail: null, locale: account.locale ?? "ko" });
    tx.record({ action: "identity.account.request-verification", subjectType: "identity.account", subjectId: account.id });
  });
  return { accepted: true };
};

/** Believes that an address is its owner's, because she has opened what was sent there. It needs no session: mails are read elsewhere. */
export const verifyMail = async (ctx: Ctx, { token }: LinkInput, { address }: SignInOrigin): Promise<MailStateView> => {
  const link = await findOpenLink(ctx, token, ["VERIFY"], address);
  const { account, mail } = link;
  if (!account) throw identityErrors.linkRefused();
  await ctx.tx(async (tx) => {
    await useLink(tx, link);
    await tx.db.account.update({ where: { id: account.id }, data: { verifiedMail: mail } });
    tx.record({
      action: "identity.account.verify-mail",
      subjectType: "identity.account",
      subjectId: account.id,
      details: { mail },
      actorId: account.personId,
    });
  });
  return { mail, isVerified: true };
};
