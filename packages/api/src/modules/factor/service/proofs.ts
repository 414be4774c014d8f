import { generateAuthenticationOptions, verifyAuthenticationResponse } from "@simplewebauthn/server";
import type { Ctx, TxCtx } from "../../../tools";
import { reserveCode } from "../code-limits";
import { factorErrors, type PasskeyProof, type PasskeyRequest, passkeyRequest } from "../contract";
import { readCode } from "../domain";
import { takeGeneratorCode } from "./generator";
import type { FactorOwner } from "./owner";
import { askDevice, type Question, siteOf, takeQuestion } from "./passkey-questions";
import { useRecoveryCode } from "./recovery-codes";

/**
 * Uses up a code of the generator or a recovery code, in the transaction of what it opens, which `andThen` goes on with. Null for every code that
 * is not good; each counts as a failure of the account.
 */
export const takeCode = async <Result>(
  ctx: Ctx,
  owner: FactorOwner,
  typed: string,
  andThen: (tx: TxCtx) => Promise<Result>,
): Promise<Result | null> => {
  const reservation = await reserveCode(ctx.tools.limits, owner.accountId);
  const read = readCode(typed);
  if (!read) return null;
  const taken = await ctx.tx(async (tx) => {
    const isGood = await (read.kind === "totp" ? takeGeneratorCode : useRecoveryCode)(tx, owner, read.code);
    return isGood ? { result: await andThen(tx) } : null;
  });
  if (!taken) return null;
  await reservation.forget();
  return taken.result;
};

type Asked = { readonly subjectId: string; readonly accountId: string };
const proving = ({ subjectId, accountId }: Asked): Question => ({ subjectId, accountId, purpose: "PROVE" });

/** Asks a device of the account to show a passkey, for one session or half sign-in. */
export const askForPasskey = async (ctx: Ctx, asked: Asked): Promise<PasskeyRequest> => {
  const site = siteOf(ctx);
  const known = await ctx.db.passkey.findMany({ where: { accountId: asked.accountId } });
  if (known.length === 0) throw factorErrors.passkeyNotFound();
  const options = await generateAuthenticationOptions({
    rpID: site.name,
    userVerification: "preferred",
    allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  });
  const challenge = await ctx.tx((tx) => askDevice(tx, proving(asked), options.challenge));
  return passkeyRequest.parse({ ...options, challenge });
};

/** Whether the device's answer is good: to this question, from a passkey of this account, with a counter that has grown. Asked once. */
export const takePasskey = async (ctx: Ctx, asked: Asked, proof: PasskeyProof): Promise<boolean> => {
  const site = siteOf(ctx);
  const challenge = await takeQuestion(ctx, proving(asked));
  const row = await ctx.db.passkey.findFirst({ where: { credentialId: proof.id, accountId: asked.accountId } });
  if (!row) return false;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...proof, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.name,
      credential: { id: row.credentialId, publicKey: Uint8Array.from(row.publicKey), counter: Number(row.counter) },
      requireUserVerification: false,
    });
    if (!verified) return false;
    // The counter is compared once more where it is stored: of two answers at once, one is late.
    const { count } = await ctx.db.passkey.updateMany({
      where: { id: row.id, counter: row.counter },
      data: { counter: authenticationInfo.newCounter, lastUsedAt: ctx.now() },
    });
    return count === 1;
  } catch {
    return false;
  }
};
