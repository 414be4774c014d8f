import { newId } from "@maru/platform/crypto/id";
import { randomSecret, sha256 } from "@maru/platform/crypto/token";
import type { Ctx, TxCtx } from "../../../tools";
import type { PasskeyRequest } from "../../factor/contract";
import { askForPasskey, listMethods, takeCode, takePasskey } from "../../factor/service";
import { CHALLENGE_TTL_MS, type CompleteSignInInput, identityErrors, MAX_CHALLENGE_FAILURES } from "../contract";
import { findHalfSignIn } from "../queries";
import { limitFailures } from "../token-limits";
import type { ProvedAccount, SignInOrigin } from "./sessions";

type Kind = "WEB" | "API";

// Half a sign-in is a row without rights: no door knows its token, and all that it is good for is to be completed once.
const openHalfSignIn = async (ctx: Ctx, { id: accountId, isVouched }: ProvedAccount, kind: Kind): Promise<string> => {
  const token = randomSecret();
  const [createdAt, expiresAt] = [ctx.now(), new Date(ctx.now().getTime() + CHALLENGE_TTL_MS)];
  await ctx.db.signInChallenge.create({
    data: { id: newId(), accountId, kind, isVouched, tokenHash: sha256(token), createdAt, expiresAt },
  });
  return token;
};

const refuse = async (ctx: Ctx, { id }: ProvedAccount, { address }: SignInOrigin): Promise<never> => {
  await ctx.tx(async (tx) =>
    tx.record({ action: "identity.account.refuse-second-factor", subjectType: "identity.account", subjectId: id, details: { address } }),
  );
  throw identityErrors.secondFactorRefused();
};

/** Lets an account go on whose password was right: at once where it has no second factor or the code came along, otherwise with a challenge. */
export const passSecondFactor = async (ctx: Ctx, account: ProvedAccount, kind: Kind, origin: SignInOrigin, otp?: string): Promise<void> => {
  const methods = await listMethods(ctx, account.id);
  if (methods.length === 0) return;
  if (otp === undefined) throw identityErrors.secondFactorNeeded({ challenge: await openHalfSignIn(ctx, account, kind), methods });
  const isGood = await takeCode(ctx, { accountId: account.id, personId: account.personId }, otp, async () => true);
  if (!isGood) await refuse(ctx, account, origin);
};

// A try is counted before it is looked at: of many at once, five are.
const countTry = async (ctx: Ctx, challenge: string, kind: Kind, { address }: SignInOrigin) => {
  const half = await limitFailures(ctx.tools.limits, address, () =>
    findHalfSignIn(ctx.sql, { tokenHash: sha256(challenge), kind, now: ctx.now() }),
  );
  const { count } = half
    ? await ctx.db.signInChallenge.updateMany({
        where: { id: half.id, usedAt: null, failures: { lt: MAX_CHALLENGE_FAILURES } },
        data: { failures: { increment: 1 } },
      })
    : { count: 0 };
  if (!half || count === 0) throw identityErrors.challengeEnded();
  return { id: half.id, account: { id: half.account_id, personId: half.person_id, isVouched: half.is_vouched } };
};

const useUp = async (tx: Pick<TxCtx, "db" | "now">, id: string): Promise<true> => {
  const { count } = await tx.db.signInChallenge.updateMany({ where: { id, usedAt: null }, data: { usedAt: tx.now() } });
  // Of two right answers to one challenge, one opens a session.
  if (count === 0) throw identityErrors.challengeEnded();
  return true;
};

/** Completes a half sign-in: gives the account when the code or the passkey is good, and never twice for one challenge. */
export const redeemChallenge = async (ctx: Ctx, input: CompleteSignInInput, kind: Kind, origin: SignInOrigin): Promise<ProvedAccount> => {
  const { id, account } = await countTry(ctx, input.challenge, kind, origin);
  const owner = { accountId: account.id, personId: account.personId };
  const isGood =
    "code" in input
      ? await takeCode(ctx, owner, input.code, (tx) => useUp(tx, id))
      : (await takePasskey(ctx, { subjectId: id, accountId: account.id }, input.passkey)) && (await ctx.tx((tx) => useUp(tx, id)));
  if (!isGood) await refuse(ctx, account, origin);
  return account;
};

/** Asks a device for the passkey that completes a half sign-in. */
export const startPasskeySignIn = async (ctx: Ctx, { challenge }: { challenge: string }, origin: SignInOrigin): Promise<PasskeyRequest> => {
  const half = await limitFailures(ctx.tools.limits, origin.address, () =>
    findHalfSignIn(ctx.sql, { tokenHash: sha256(challenge), kind: "WEB", now: ctx.now() }),
  );
  if (!half) throw identityErrors.challengeEnded();
  return askForPasskey(ctx, { subjectId: half.id, accountId: half.account_id });
};
