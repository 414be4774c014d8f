import { verifyNothing, verifyPassword } from "@maru/platform/crypto/password";
import type { AppError } from "@maru/platform/errors";
import type { Ctx } from "../../../tools";
import type { Verdict } from "../../../voucher";
import { identityErrors } from "../contract";

/** Of whom the password is: its hash is kept here, or a source vouches for it, or there is none. */
export type PasswordOwner = { readonly personId: string; readonly passwordHash: string | null; readonly sourceId: string | null };

/** What is told to who signs in. What is more than "wrong" is told of the right password alone, or of a directory that nobody reaches. */
export const REFUSALS: Readonly<Record<Exclude<Verdict, "right">, () => AppError>> = {
  wrong: () => identityErrors.signInRefused(),
  expired: () => identityErrors.directoryAccountExpired(),
  mustChange: () => identityErrors.directoryPasswordExpired(),
  unavailable: () => identityErrors.directoryUnavailable(),
};

/**
 * Whether this is the password. Somebody who is nobody costs what a hash costs; and while a directory is out of reach nobody is told that she
 * is nobody: she may be one whom it would vouch for.
 */
export const askForPassword = async (ctx: Ctx, owner: PasswordOwner | null, password: string): Promise<Verdict> => {
  if (owner !== null && owner.passwordHash !== null) return (await verifyPassword(owner.passwordHash, password)) ? "right" : "wrong";
  if (owner !== null && owner.sourceId !== null)
    return ctx.tools.voucher.check(ctx, { sourceId: owner.sourceId, personId: owner.personId }, password);
  await verifyNothing(password);
  return owner === null && ctx.tools.voucher.isDown() ? "unavailable" : "wrong";
};
