import type { Ctx } from "../../../tools";
import type { FactorsView } from "../contract";
import { passkeyNameOf } from "../domain";
import { ownerOf } from "./owner";

/** The second factors of the actor. */
export const listFactors = async (ctx: Ctx): Promise<FactorsView> => {
  const { accountId } = ownerOf(ctx);
  const [generator, passkeys, recoveryCodesLeft] = await Promise.all([
    ctx.db.totpFactor.findFirst({ where: { accountId, confirmedAt: { not: null } }, select: { confirmedAt: true } }),
    ctx.db.passkey.findMany({ where: { accountId }, orderBy: { id: "asc" } }),
    ctx.db.recoveryCode.count({ where: { accountId, usedAt: null } }),
  ]);
  return {
    generatorSince: generator?.confirmedAt?.toISOString() ?? null,
    passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    recoveryCodesLeft,
    canHavePasskeys: passkeyNameOf(ctx.tools.origin) !== null,
    isKept: ctx.actor.keepsFactor === true,
  };
};

/** Forgets what devices were asked and did not answer. */
export const purgeQuestions = async (ctx: Ctx): Promise<void> => {
  await ctx.db.passkeyChallenge.deleteMany({ where: { expiresAt: { lt: ctx.now() } } });
};
