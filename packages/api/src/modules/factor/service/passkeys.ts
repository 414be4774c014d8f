import { newId } from "@maru/platform/crypto/id";
import { generateRegistrationOptions, verifyRegistrationResponse } from "@simplewebauthn/server";
import type { Ctx, TxCtx } from "../../../tools";
import { type AddedFactorView, type AddPasskeyInput, factorErrors, MAX_PASSKEYS, type PasskeyCreation, passkeyCreation } from "../contract";
import { factorAdded, factorRemoved } from "../events";
import { lockFactors } from "../queries";
import { nameOf, ownerOf } from "./owner";
import { askDevice, type Question, siteOf, takeQuestion } from "./passkey-questions";
import { issueFirstCodes, tellCodes } from "./recovery-codes";
import { afterRemoval } from "./removal";

// A question belongs to the session that asked it: what one tab started, another person's browser can't finish.
const questionOf = (ctx: Pick<Ctx | TxCtx, "actor">): Question => {
  const { accountId } = ownerOf(ctx);
  if (!ctx.actor.sessionId) throw factorErrors.passkeyRefused();
  return { subjectId: ctx.actor.sessionId, purpose: "REGISTER", accountId };
};

/** Asks a device of the actor to make a passkey. */
export const startPasskey = async (ctx: Ctx): Promise<PasskeyCreation> => {
  const [question, site] = [questionOf(ctx), siteOf(ctx)];
  const known = await ctx.db.passkey.findMany({ where: { accountId: question.accountId } });
  if (known.length >= MAX_PASSKEYS) throw factorErrors.tooManyPasskeys();
  const name = await nameOf(ctx);
  const options = await generateRegistrationOptions({
    rpName: "Maru",
    rpID: site.name,
    userName: name,
    userDisplayName: name,
    userID: new TextEncoder().encode(question.accountId),
    attestationType: "none",
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "discouraged", userVerification: "preferred" },
  });
  const challenge = await ctx.tx((tx) => askDevice(tx, question, options.challenge));
  return passkeyCreation.parse({ ...options, challenge });
};

const verifyNew = async (ctx: Ctx, { answer }: AddPasskeyInput, challenge: string) => {
  const site = siteOf(ctx);
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.name,
      requireUserVerification: false,
    });
    if (verified) return registrationInfo.credential;
  } catch {
    // What the library says of a bad answer is for its developers; who sent it learns that it was refused.
  }
  throw factorErrors.passkeyRefused();
};

/** Takes the passkey that a device has made. The first factor of an account brings recovery codes. */
export const addPasskey = async (ctx: Ctx, input: AddPasskeyInput): Promise<AddedFactorView> => {
  const owner = ownerOf(ctx);
  const challenge = await takeQuestion(ctx, questionOf(ctx));
  const { id: credentialId, publicKey, counter, transports = [] } = await verifyNew(ctx, input, challenge);
  const { seed } = await ctx.tx(async (tx) => {
    await lockFactors(tx, owner.accountId);
    if ((await tx.db.passkey.count({ where: { accountId: owner.accountId } })) >= MAX_PASSKEYS) throw factorErrors.tooManyPasskeys();
    if ((await tx.db.passkey.count({ where: { credentialId } })) > 0) throw factorErrors.passkeyRefused();
    const id = newId();
    const data = { id, accountId: owner.accountId, name: input.name, credentialId, transports: [...transports], createdAt: tx.now() };
    await tx.db.passkey.create({ data: { ...data, publicKey: Uint8Array.from(publicKey), counter } });
    tx.record({ action: "factor.passkey.add", subjectType: "factor.passkey", subjectId: id, details: { name: input.name } });
    tx.emit(factorAdded, { ...owner, kind: "passkey" });
    return { seed: await issueFirstCodes(tx, owner.accountId) };
  });
  return { recoveryCodes: seed === null ? null : tellCodes(ctx, seed) };
};

/** Gives a passkey of the actor another name. */
export const renamePasskey = (ctx: Ctx, { id, name }: { id: string; name: string }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const { count } = await tx.db.passkey.updateMany({ where: { id, accountId: ownerOf(tx).accountId }, data: { name } });
    if (count === 0) throw factorErrors.passkeyNotFound();
    tx.record({ action: "factor.passkey.rename", subjectType: "factor.passkey", subjectId: id, details: { name } });
    return { done: true };
  });

/** Takes a passkey of the actor away. */
export const removePasskey = async (ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> => {
  const owner = ownerOf(ctx);
  return ctx.tx(async (tx) => {
    await lockFactors(tx, owner.accountId);
    const { count } = await tx.db.passkey.deleteMany({ where: { id, accountId: owner.accountId } });
    if (count === 0) throw factorErrors.passkeyNotFound();
    await afterRemoval(tx, owner);
    tx.record({ action: "factor.passkey.remove", subjectType: "factor.passkey", subjectId: id });
    tx.emit(factorRemoved, { ...owner, kind: "passkey" });
    return { done: true };
  });
};
