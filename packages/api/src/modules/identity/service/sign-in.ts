import { setTimeout } from "node:timers/promises";
import type { Ctx } from "../../../tools";
import { isPresent } from "../../directory/contract";
import type { AccessTokenView, CompleteSignInInput, SignInInput } from "../contract";
import { findSignInAccount } from "../queries";
import { reserveAttempt } from "../sign-in-limits";
import { readAccount } from "./account";
import { askForPassword, REFUSALS } from "./ask-for-password";
import { passSecondFactor, redeemChallenge } from "./second-factor";
import { openSession, type ProvedAccount, type SignedIn, type SignInOrigin } from "./sessions";

const KNOWN_ADDRESS_MS = 30 * 24 * 60 * 60 * 1000;

/** A user name as it is compared: without outer spaces, NFKC, lower case. */
export const normaliseUsername = (username: string): string => username.trim().normalize("NFKC").toLowerCase();

/** A directory takes longer than a hash, and every time another while: where one vouches for people, no refusal comes earlier than this. */
const ALIKE_MS = 600;

const answerAlike = async ({ db }: Ctx, startedAt: number): Promise<void> => {
  const vouchedFor = await db.account.findFirst({ where: { sourceId: { not: null } }, select: { id: true } });
  if (vouchedFor) await setTimeout(Math.max(0, startedAt + ALIKE_MS - performance.now()));
};

// The answer and its time are the same whether the account is unknown, disabled, without a password, or the password is wrong.
const checkPassword = async (ctx: Ctx, input: SignInInput, origin: SignInOrigin): Promise<ProvedAccount> => {
  const startedAt = performance.now();
  const username = normaliseUsername(input.username);
  const knownSince = new Date(ctx.now().getTime() - KNOWN_ADDRESS_MS);
  const found = await findSignInAccount(ctx.sql, username, origin.address, knownSince);
  // A user name goes before a mail address that happens to be the same; two people with one address are nobody.
  const account = found.find((candidate) => candidate.username === username) ?? (found.length === 1 ? found[0] : undefined);
  const reservation = await reserveAttempt(ctx.tools.limits, {
    username,
    address: origin.address,
    isKnownAddress: account?.is_known_address === true,
  });
  const isUsable = account?.state === "ACTIVE" && isPresent(account.person_state);
  const asked = account && {
    personId: account.person_id,
    passwordHash: account.password_hash,
    sourceId: isUsable ? account.source_id : null,
  };
  const answer = await askForPassword(ctx, asked ?? null, input.password);
  const verdict = answer === "right" && !isUsable ? "wrong" : answer;
  if (verdict === "unavailable") await reservation.release();
  else if (verdict !== "wrong") await reservation.giveBack();
  if (account && verdict === "right") return { id: account.id, personId: account.person_id };
  await ctx.tx(async (tx) =>
    // What was typed as a user name is not kept: people type passwords there.
    tx.record({
      action: "identity.account.refuse-sign-in",
      subjectType: "identity.account",
      subjectId: account?.id ?? "unknown",
      details: { address: origin.address, ...(verdict === "wrong" ? {} : { verdict }) },
    }),
  );
  await answerAlike(ctx, startedAt);
  throw REFUSALS[verdict === "right" ? "wrong" : verdict]();
};

/** Signs in on the web. Every sign-in has a new session id; what was there before is never taken over. */
export const signIn = async (ctx: Ctx, input: SignInInput, origin: SignInOrigin): Promise<SignedIn> => {
  const account = await checkPassword(ctx, input, origin);
  await passSecondFactor(ctx, account, "WEB", origin);
  return openSession(ctx, account, "WEB", origin);
};

/** The second step of a sign-in on the web. */
export const completeSignIn = async (ctx: Ctx, input: CompleteSignInInput, origin: SignInOrigin): Promise<SignedIn> =>
  openSession(ctx, await redeemChallenge(ctx, input, "WEB", origin), "WEB", origin);

const openForApi = async (ctx: Ctx, account: ProvedAccount, origin: SignInOrigin): Promise<AccessTokenView> => {
  const { accountId, token, expiresAt, refreshToken } = await openSession(ctx, account, "API", origin);
  if (!refreshToken) throw new Error("a session of the API has a refresh token");
  const expiresIn = Math.round((expiresAt.getTime() - ctx.now().getTime()) / 1000);
  return { accessToken: token, expiresIn, refreshToken, user: await readAccount(ctx, accountId) };
};

/** Signs in through the API and gives an access token, and the refresh token that the next one is asked for with. */
export const logIn = async (ctx: Ctx, input: SignInInput & { otp?: string }, origin: SignInOrigin): Promise<AccessTokenView> => {
  const account = await checkPassword(ctx, input, origin);
  await passSecondFactor(ctx, account, "API", origin, input.otp);
  return openForApi(ctx, account, origin);
};

/** The second step of a sign-in through the API: the challenge that the first one was answered with, and a code. */
export const completeLogIn = async (ctx: Ctx, input: { challenge: string; code: string }, origin: SignInOrigin): Promise<AccessTokenView> =>
  openForApi(ctx, await redeemChallenge(ctx, input, "API", origin), origin);
