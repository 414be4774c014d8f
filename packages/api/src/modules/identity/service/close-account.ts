import type { Ctx, TxCtx } from "../../../tools";
import { type DeletedAccountView, type DeleteOwnAccountInput, ERASURE_GRACE_MS, identityErrors } from "../contract";
import { ACTOR_HINT } from "./actors";
import { provePassword } from "./prove-password";
import { keepAdministrator } from "./rights-desk";
import { endSessionsOf } from "./sessions";

/** Ends everything that an account can be used for. The last administrator is kept; whoever calls this has asked who may. */
export const closeAccount = async (tx: TxCtx, accountId: string, eraseAfter: Date | null): Promise<void> => {
  await keepAdministrator(tx, accountId);
  await tx.db.account.update({ where: { id: accountId }, data: { state: "DISABLED", disabledBy: null, eraseAfter } });
  await endSessionsOf(tx, accountId, eraseAfter ? "account-deleted" : "account-disabled");
  // Tokens of scripts have no session: the doors forget what they remember of the account.
  tx.hint(ACTOR_HINT, accountId);
};

/** Closes an account and says when it is erased: until then an administrator can undo it. */
export const markForErasure = async (tx: TxCtx, accountId: string): Promise<DeletedAccountView> => {
  const eraseAfter = new Date(tx.now().getTime() + ERASURE_GRACE_MS);
  await closeAccount(tx, accountId, eraseAfter);
  tx.record({
    action: "identity.account.delete",
    subjectType: "identity.account",
    subjectId: accountId,
    details: { eraseAfter: eraseAfter.toISOString() },
  });
  return { eraseAfter: eraseAfter.toISOString() };
};

/** Deletes the actor's own account. She types her password, and a word that nobody types by a slip. */
export const deleteOwnAccount = async (
  ctx: Ctx,
  { password }: DeleteOwnAccountInput,
  origin: { readonly address: string },
): Promise<DeletedAccountView> => {
  const { accountId, passwordHash } = await provePassword(ctx, password, origin);
  return ctx.tx(async (tx) => {
    if ((await tx.db.account.count({ where: { id: accountId, passwordHash, state: "ACTIVE" } })) === 0)
      throw identityErrors.passwordWrong();
    return markForErasure(tx, accountId);
  });
};
