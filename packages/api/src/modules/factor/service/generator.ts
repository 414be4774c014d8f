import { newId } from "@maru/platform/crypto/id";
import type { Ctx, TxCtx } from "../../../tools";
import { reserveCode } from "../code-limits";
import { type AddedFactorView, factorErrors, type StartedGeneratorView } from "../contract";
import { readCode } from "../domain";
import { factorAdded, factorRemoved } from "../events";
import { newGeneratorSecret, showGenerator, stepOf } from "../generator";
import { lockFactors } from "../queries";
import { type FactorOwner, nameOf, ownerOf } from "./owner";
import { issueFirstCodes, tellCodes } from "./recovery-codes";
import { afterRemoval } from "./removal";

/** How long a secret waits for its first code. */
const SETUP_TTL_MS = 60 * 60_000;

/** Where the keyring finds the secret of a generator. */
export const secretPlace = (id: string) => ({ table: "totp_factor", column: "secret", id });

/** Makes a secret for an app that makes codes. It is no factor before its first code was right; until then a new one takes its place. */
export const startGenerator = async (ctx: Ctx): Promise<StartedGeneratorView> => {
  const { accountId } = ownerOf(ctx);
  const id = await ctx.tx(async (tx) => {
    await lockFactors(tx, accountId);
    await tx.db.totpFactor.deleteMany({ where: { accountId, confirmedAt: null } });
    if ((await tx.db.totpFactor.count({ where: { accountId } })) > 0) throw factorErrors.generatorExists();
    const fresh = newId();
    const secret = tx.tools.keyring.seal(newGeneratorSecret(), secretPlace(fresh));
    await tx.db.totpFactor.create({ data: { id: fresh, accountId, secret, createdAt: tx.now() } });
    return fresh;
  });
  // Read again instead of handed on: the transaction's result is kept under an idempotency key, and the secret must not be.
  const { secret } = await ctx.db.totpFactor.findUniqueOrThrow({ where: { id } });
  return showGenerator(ctx.tools.keyring.open(secret, secretPlace(id)), await nameOf(ctx));
};

/** Makes the started generator a factor, once its first code is right. The first factor of an account brings recovery codes. */
export const confirmGenerator = async (ctx: Ctx, input: { code: string }): Promise<AddedFactorView> => {
  const owner = ownerOf(ctx);
  const { accountId } = owner;
  const reservation = await reserveCode(ctx.tools.limits, accountId);
  const { seed } = await ctx.tx(async (tx) => {
    await lockFactors(tx, accountId);
    const since = new Date(tx.now().getTime() - SETUP_TTL_MS);
    const row = await tx.db.totpFactor.findFirst({ where: { accountId, confirmedAt: null, createdAt: { gt: since } } });
    if (!row) throw factorErrors.generatorNotStarted();
    const code = readCode(input.code);
    const step = code?.kind === "totp" ? stepOf(tx.tools.keyring.open(row.secret, secretPlace(row.id)), code.code, tx.now()) : null;
    if (step === null) throw factorErrors.codeRefused();
    await tx.db.totpFactor.update({ where: { id: row.id }, data: { confirmedAt: tx.now(), lastStep: step } });
    tx.record({ action: "factor.generator.add", subjectType: "identity.account", subjectId: accountId });
    tx.emit(factorAdded, { ...owner, kind: "totp" });
    return { seed: await issueFirstCodes(tx, accountId) };
  });
  await reservation.forget();
  return { recoveryCodes: seed === null ? null : tellCodes(ctx, seed) };
};

/** Takes the generator of the actor away. */
export const removeGenerator = async (ctx: Ctx): Promise<{ done: true }> => {
  const owner = ownerOf(ctx);
  return ctx.tx(async (tx) => {
    await lockFactors(tx, owner.accountId);
    const { count } = await tx.db.totpFactor.deleteMany({ where: { accountId: owner.accountId, confirmedAt: { not: null } } });
    if (count === 0) throw factorErrors.generatorNotFound();
    await afterRemoval(tx, owner);
    tx.record({ action: "factor.generator.remove", subjectType: "identity.account", subjectId: owner.accountId });
    tx.emit(factorRemoved, { ...owner, kind: "totp" });
    return { done: true };
  });
};

/** Uses up a code of the generator; false where it is not right now, or it or a later one was used before. */
export const takeGeneratorCode = async (tx: TxCtx, { accountId }: FactorOwner, code: string): Promise<boolean> => {
  const row = await tx.db.totpFactor.findFirst({ where: { accountId, confirmedAt: { not: null } } });
  const step = row && stepOf(tx.tools.keyring.open(row.secret, secretPlace(row.id)), code, tx.now());
  if (!row || step === null) return false;
  // Of two who show the same code at once, one is late: the step moves in one statement.
  const { count } = await tx.db.totpFactor.updateMany({ where: { id: row.id, lastStep: { lt: step } }, data: { lastStep: step } });
  return count === 1;
};
