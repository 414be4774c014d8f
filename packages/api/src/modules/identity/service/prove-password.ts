import { AppError } from "@maru/platform/errors";
import type { Ctx } from "../../../tools";
import { identityErrors } from "../contract";
import { reserveAttempt } from "../sign-in-limits";
import { askForPassword, REFUSALS } from "./ask-for-password";

/**
 * The account of somebody who has just typed its password. The hash tells later, behind a lock, that it still is the password; it is null where
 * a directory keeps it.
 */
export type PasswordProof = { readonly accountId: string; readonly username: string; readonly passwordHash: string | null };

/**
 * Asks the actor for her password again. A wrong one counts like a failed sign-in, so that a session which somebody has got hold of is no way
 * around its limits; where she types it is a place that she has signed in from, so no stranger makes her wait.
 */
export const provePassword = async (ctx: Ctx, password: string, { address }: { readonly address: string }): Promise<PasswordProof> => {
  const { accountId } = ctx.actor;
  const account = accountId === null ? null : await ctx.db.account.findUnique({ where: { id: accountId } });
  if (!account) throw new AppError("unauthenticated", "common.signInRequired");
  const { id, username, passwordHash } = account;
  const reservation = await reserveAttempt(ctx.tools.limits, { username, address, isKnownAddress: true });
  const verdict = await askForPassword(ctx, account, password);
  if (verdict === "unavailable") await reservation.release();
  else if (verdict !== "wrong") await reservation.giveBack();
  if (verdict === "right") return { accountId: id, username, passwordHash };
  await ctx.tx(async (tx) =>
    tx.record({
      action: "identity.account.refuse-password",
      subjectType: "identity.account",
      subjectId: id,
      details: { address, verdict },
    }),
  );
  throw verdict === "wrong" ? identityErrors.passwordWrong() : REFUSALS[verdict]();
};
