import { hashPassword } from "@maru/platform/crypto/password";
import type { Ctx } from "../../../tools";
import { listMethods } from "../../factor/service";
import { type ChangedPasswordView, type ChangePasswordInput, identityErrors } from "../contract";
import { passwordChanged } from "../events";
import { normalisePassword, requirePassword } from "../password-rule";
import { provePassword } from "./prove-password";
import { handOver, renewSession, type TokenKeeper } from "./renew-session";

const refuseElsewhere = async ({ db, actor }: Ctx): Promise<void> => {
  const elsewhere = actor.accountId === null ? 0 : await db.account.count({ where: { id: actor.accountId, sourceId: { not: null } } });
  if (elsewhere > 0) throw identityErrors.passwordKeptElsewhere();
};

/**
 * Changes the password of the actor, who types the one that she has. Every session ends, and hers goes on under a new id: whoever has opened one
 * with the old password is out. Tokens of scripts stay: they were never the password. What a directory keeps is changed
 * there.
 */
export const changePassword = async (
  ctx: Ctx,
  { currentPassword, newPassword }: ChangePasswordInput,
  origin: TokenKeeper & { readonly address: string },
): Promise<ChangedPasswordView> => {
  await refuseElsewhere(ctx);
  const { accountId, username, passwordHash: before } = await provePassword(ctx, currentPassword, origin);
  if (normalisePassword(currentPassword) === normalisePassword(newPassword)) throw identityErrors.passwordUnchanged();
  const person = await ctx.db.person.findUniqueOrThrow({ where: { id: ctx.actor.id }, select: { email: true } });
  const hasSecondFactor = (await listMethods(ctx, accountId)).length > 0;
  requirePassword(newPassword, { username, mail: person.email, hasSecondFactor });
  const passwordHash = await hashPassword(newPassword);
  const renewed = await ctx.tx(async (tx) => {
    // Of two who change it at once, one has proved a password that is none any more.
    const { count } = await tx.db.account.updateMany({ where: { id: accountId, passwordHash: before }, data: { passwordHash } });
    if (count === 0) throw identityErrors.passwordWrong();
    tx.record({ action: "identity.account.change-password", subjectType: "identity.account", subjectId: accountId });
    tx.emit(passwordChanged, { personId: ctx.actor.id, accountId });
    return renewSession(tx, accountId, "password-changed");
  });
  return { ended: renewed.ended, tokens: await handOver(ctx, renewed, origin) };
};
