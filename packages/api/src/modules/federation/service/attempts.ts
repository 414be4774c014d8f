import { newId } from "@maru/platform/crypto/id";
import { randomSecret, sha256 } from "@maru/platform/crypto/token";
import type { Handshake, LoginProvider } from "@maru/platform/oauth";
import { LoginRefusal } from "@maru/platform/oauth";
import { sql as raw } from "kysely";
import type { Ctx } from "../../../tools";
import { ATTEMPT_TTL_MS, federationErrors, type ProviderName, type StartExternalSignInInput, type StartedView } from "../contract";

/** Puts the secret of an attempt into the browser that makes it; only a command of a browser has one. */
export type SecretKeeper = { readonly keepExternalSecret?: (secret: string, expiresAt: Date) => void };

const SWEPT_AT_ONCE = 100;

/** What the provider must give back follows from the cookie's secret and a key that only the server has: nothing of it is kept. */
const handshakeOf = ({ tools: { tokens } }: Ctx, secret: string): Handshake => ({
  state: tokens.derive(`external state ${secret}`),
  nonce: tokens.derive(`external nonce ${secret}`),
  verifier: tokens.derive(`external verifier ${secret}`),
});

/** The address that a provider sends the browser back to; it is registered there. */
export const callbackUrlOf = ({ tools: { origin } }: Ctx, provider: ProviderName): string => `${origin}/api/sign-in/${provider}`;

export const providerOf = (ctx: Ctx, name: ProviderName): LoginProvider => {
  const provider = ctx.tools.loginProviders.get(name);
  if (!provider) throw federationErrors.providerNotFound();
  return provider;
};

/** Why, for who reads the log: the message alone, because what hangs on such an error are tokens and answers. */
export const reasonOf = (error: unknown): string => {
  const cause = error instanceof LoginRefusal ? error.cause : error;
  return cause instanceof Error ? cause.message : "unknown";
};

/** What a provider's library says of a refusal is for its developers; who asked learns what to do. */
export const toldRefusal = (error: unknown): unknown => {
  if (!(error instanceof LoginRefusal)) return error;
  if (error.reason === "away") return federationErrors.providerAway();
  return error.reason === "cancelled" ? federationErrors.cancelled() : federationErrors.proofRefused();
};

// Attempts that nobody came back from, a few with each new one: of two that sweep at once, neither waits for the other.
const sweep = ({ sql, now }: Ctx) =>
  raw`DELETE FROM external_attempt WHERE id IN (SELECT id FROM external_attempt WHERE expires_at < ${now()}
    ORDER BY expires_at LIMIT ${SWEPT_AT_ONCE} FOR UPDATE SKIP LOCKED)`.execute(sql);

const begin = async (
  ctx: Ctx,
  { provider: name, ...attempt }: { provider: ProviderName; sessionId: string | null; next: string },
  origin: SecretKeeper,
): Promise<StartedView> => {
  const provider = providerOf(ctx, name);
  const secret = randomSecret();
  const url = await provider.writeRequest(callbackUrlOf(ctx, name), handshakeOf(ctx, secret)).catch((error: unknown) => {
    ctx.log.warn({ reason: reasonOf(error), provider: name }, "a provider could not be asked");
    throw toldRefusal(error);
  });
  const expiresAt = new Date(ctx.now().getTime() + ATTEMPT_TTL_MS);
  await sweep(ctx);
  await ctx.db.externalAttempt.create({ data: { id: newId(), secretHash: sha256(secret), provider: name, expiresAt, ...attempt } });
  origin.keepExternalSecret?.(secret, expiresAt);
  return { url: url.href };
};

/** Sends a stranger to a provider, to sign in. */
export const startExternalSignIn = (ctx: Ctx, { provider, next }: StartExternalSignInInput, origin: SecretKeeper): Promise<StartedView> =>
  begin(ctx, { provider, sessionId: null, next }, origin);

/** Sends the actor to a provider, to link what she is there with her account: the session that comes back must be this one. */
export const startLink = (ctx: Ctx, { provider }: { provider: ProviderName }, origin: SecretKeeper): Promise<StartedView> =>
  begin(ctx, { provider, sessionId: ctx.actor.sessionId, next: "/settings/security" }, origin);

export type Attempt = {
  readonly provider: ProviderName;
  readonly sessionId: string | null;
  readonly next: string;
  readonly handshake: Handshake;
};

/**
 * Takes the attempt that this browser has made at this provider, once. A state that is not the browser's own does not use it up: somebody else's
 * page, which sends her here with one, would end what she is doing.
 */
export const takeAttempt = async (ctx: Ctx, provider: ProviderName, secret: string | null, state: string | null): Promise<Attempt> => {
  const handshake = secret === null ? null : handshakeOf(ctx, secret);
  if (secret === null || handshake === null || state !== handshake.state) throw federationErrors.attemptEnded();
  const taken = await ctx.sql
    .deleteFrom("external_attempt")
    .where("secret_hash", "=", sha256(secret))
    .where("provider", "=", provider)
    .where("expires_at", ">", ctx.now())
    .returning(["session_id", "next"])
    .executeTakeFirst();
  if (!taken) throw federationErrors.attemptEnded();
  return { provider, sessionId: taken.session_id, next: taken.next, handshake };
};
