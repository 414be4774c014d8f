import { hashPassword } from "@maru/platform/crypto/password";
import type { Ctx } from "../../../tools";
import { listMethods } from "../../factor/service";
import { type AcceptedView, type AccountReadyView, type ForgotPasswordInput, identityErrors, type ResetPasswordInput } from "../contract";
import { passwordChanged } from "../events";
import { limitMails } from "../link-limits";
import { requirePassword } from "../password-rule";
import { findSignInAccount } from "../queries";
import { findOpenLink, requestLink, useLink } from "./links";
import { endSessionsOf, type SignInOrigin } from "./sessions";
import { normaliseUsername } from "./sign-in";

/**
 * Asks for a mail with which a forgotten password is replaced. The answer, its time and what is written are the same whether the account is there,
 * disabled or nobody's: who it is for is decided in the worker.
 */
export const forgotPassword = async (ctx: Ctx, input: ForgotPasswordInput, { address }: SignInOrigin): Promise<AcceptedView> => {
  const username = normaliseUsername(input.username);
  await limitMails(ctx.tools.limits, username, address);
  const found = await findSignInAccount(ctx.sql, username, address, ctx.now());
  const account = found.find((candidate) => candidate.username === username) ?? (found.length === 1 ? found[0] : undefined);
  await ctx.tx(async (tx) => {
    await requestLink(tx, { purpose: "RESET", accountId: account?.id ?? null, mail: null, locale: input.locale });
    tx.record({
      action: "identity.account.request-reset",
      subjectType: "identity.account",
      subjectId: account?.id ?? "unknown",
      details: { address },
    });
  });
  return { accepted: true };
};

/** Sets the password of whoever has read the mail. The link is used up, every other one too, and every session ends. */
export const resetPassword = async (
  ctx: Ctx,
  { token, password }: ResetPasswordInput,
  { address }: SignInOrigin,
): Promise<AccountReadyView> => {
  const link = await findOpenLink(ctx, token, ["RESET", "INVITE"], address);
  const { account, mail } = link;
  if (!account) throw identityErrors.linkRefused();
  const hasSecondFactor = (await listMethods(ctx, account.id)).length > 0;
  requirePassword(password, { username: account.username, mail, hasSecondFactor });
  const passwordHash = await hashPassword(password);
  await ctx.tx(async (tx) => {
    await useLink(tx, link);
    // Disabled meanwhile, it is nobody's to open again; what a directory vouches for gets no password here; and an invitation is for an account
    // that has none yet.
    const standing = {
      id: account.id,
      state: "ACTIVE",
      sourceId: null,
      ...(link.purpose === "INVITE" ? { passwordHash: null } : {}),
    } as const;
    const { count } = await tx.db.account.updateMany({ where: standing, data: { passwordHash, verifiedMail: mail } });
    if (count === 0) throw identityErrors.linkRefused();
    await tx.db.accountLink.updateMany({
      where: { accountId: account.id, purpose: { in: ["RESET", "INVITE"] }, endedAt: null },
      data: { endedAt: tx.now() },
    });
    const ended = await endSessionsOf(tx, account.id, "password-reset");
    // An invitation sets the first one: nobody had one that could have been stolen.
    if (link.purpose === "RESET") tx.emit(passwordChanged, { personId: account.personId, accountId: account.id });
    tx.record({
      action: "identity.account.reset-password",
      subjectType: "identity.account",
      subjectId: account.id,
      details: { address, sessions: ended.length },
      actorId: account.personId,
    });
  });
  return { username: account.username };
};
