import { verifyNothing, verifyPassword } from "@maru/platform/crypto/password";
import type { Ctx } from "../../../tools";
import { type AccessTokenView, identityErrors, type SignInInput } from "../contract";
import { findSignInAccount } from "../queries";
import { reserveAttempt } from "../sign-in-limits";
import { readAccount } from "./account";
import { openSession, type ProvedAccount, type SignedIn, type SignInOrigin } from "./sessions";

const KNOWN_ADDRESS_MS = 30 * 24 * 60 * 60 * 1000;

/** A user name as it is compared: without outer spaces, NFKC, lower case. */
export const normaliseUsername = (username: string): string => username.trim().normalize("NFKC").toLowerCase();

// The answer and its time are the same whether the account is unknown, disabled, without a password, or the password is wrong.
const checkPassword = async (ctx: Ctx, input: SignInInput, origin: SignInOrigin): Promise<ProvedAccount> => {
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
  const isRight = account?.password_hash
    ? await verifyPassword(account.password_hash, input.password)
    : await verifyNothing(input.password);
  if (account && isRight && account.state === "ACTIVE" && account.person_state !== "RESIGNED") {
    await reservation.giveBack();
    return { id: account.id, personId: account.person_id };
  }
  await ctx.tx(async (tx) =>
    // What was typed as a user name is not kept: people type passwords there.
    tx.record({
      action: "identity.account.refuse-sign-in",
      subjectType: "identity.account",
      subjectId: account?.id ?? "unknown",
      details: { address: origin.address },
    }),
  );
  throw identityErrors.signInRefused();
};

/** Signs in on the web. Every sign-in has a new session id; what was there before is never taken over. */
export const signIn = async (ctx: Ctx, input: SignInInput, origin: SignInOrigin): Promise<SignedIn> =>
  openSession(ctx, await checkPassword(ctx, input, origin), "WEB", origin);

/** Signs in through the API and gives an access token, and the refresh token that the next one is asked for with. */
export const logIn = async (ctx: Ctx, input: SignInInput, origin: SignInOrigin): Promise<AccessTokenView> => {
  const { accountId, token, expiresAt, refreshToken } = await openSession(ctx, await checkPassword(ctx, input, origin), "API", origin);
  if (!refreshToken) throw new Error("a session of the API has a refresh token");
  const expiresIn = Math.round((expiresAt.getTime() - ctx.now().getTime()) / 1000);
  return { accessToken: token, expiresIn, refreshToken, user: await readAccount(ctx, accountId) };
};
