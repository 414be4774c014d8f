import { newId } from "@maru/platform/crypto/id";
import { randomSecret, sha256 } from "@maru/platform/crypto/token";
import type { Ctx, TxCtx } from "../../../tools";
import { factorErrors, type RecoveryCodesView } from "../contract";
import { readCode, recoveryCodesOf } from "../domain";
import { recoveryCodeUsed } from "../events";
import { listMethods, lockFactors } from "../queries";
import { type FactorOwner, ownerOf } from "./owner";

const hashOf = (accountId: string, code: string): string => sha256(`${accountId}\n${code}`);
const bare = (code: string): string => readCode(code)?.code ?? "";

/** Tells codes that were issued with this seed, which may stand in the answer that is kept under an idempotency key. */
export const tellCodes = (ctx: Pick<Ctx, "tools">, seed: string): string[] => recoveryCodesOf(ctx.tools.tokens.derive, seed);

/** Replaces the codes of an account; what they are follows from the seed that it gives, and from a key that only the server has. */
export const issueCodes = async (tx: TxCtx, accountId: string): Promise<string> => {
  const seed = randomSecret();
  await tx.db.recoveryCode.deleteMany({ where: { accountId } });
  await tx.db.recoveryCode.createMany({
    data: tellCodes(tx, seed).map((code) => ({ id: newId(), accountId, codeHash: hashOf(accountId, bare(code)), createdAt: tx.now() })),
  });
  return seed;
};

/** The first factor of an account brings its codes along; null where it has some. */
export const issueFirstCodes = async (tx: TxCtx, accountId: string): Promise<string | null> =>
  (await tx.db.recoveryCode.count({ where: { accountId } })) > 0 ? null : issueCodes(tx, accountId);

/** Makes ten new codes; those before are worth nothing from then on. */
export const regenerateRecoveryCodes = async (ctx: Ctx): Promise<RecoveryCodesView> => {
  const { accountId } = ownerOf(ctx);
  const seed = await ctx.tx(async (tx) => {
    await lockFactors(tx, accountId);
    if ((await listMethods(tx, accountId)).length === 0) throw factorErrors.factorMissing();
    tx.record({ action: "factor.recovery-codes.regenerate", subjectType: "identity.account", subjectId: accountId });
    return issueCodes(tx, accountId);
  });
  return { recoveryCodes: tellCodes(ctx, seed) };
};

/** Uses a code up; false where it is none of this account's, or was used before. */
export const useRecoveryCode = async (tx: TxCtx, owner: FactorOwner, code: string): Promise<boolean> => {
  const { accountId, personId } = owner;
  const { count } = await tx.db.recoveryCode.updateMany({
    where: { accountId, codeHash: hashOf(accountId, code), usedAt: null },
    data: { usedAt: tx.now() },
  });
  if (count === 0) return false;
  const left = await tx.db.recoveryCode.count({ where: { accountId, usedAt: null } });
  tx.record({
    action: "factor.recovery-code.use",
    subjectType: "identity.account",
    subjectId: accountId,
    details: { left },
    actorId: personId,
  });
  tx.emit(recoveryCodeUsed, { accountId, personId, left });
  return true;
};
