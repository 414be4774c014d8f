import { newId } from "@maru/platform/crypto/id";
import { type AppError, isAppError } from "@maru/platform/errors";
import type { ForeignIdentity } from "@maru/platform/oauth";
import type { Ctx } from "../../../tools";
import { findVouchedAccount, type SignedIn, type SignInOrigin, signInVouched } from "../../identity/service";
import { federationErrors, PROVIDERS, type ProviderName } from "../contract";
import { identityLinked } from "../events";
import { type Attempt, callbackUrlOf, providerOf, reasonOf, takeAttempt, toldRefusal } from "./attempts";

const HOUR_MS = 60 * 60 * 1000;
/** Of one address, behind which a company may sit. */
const FAILURES = 300;

/** What a browser brings back from a provider. */
export type Callback = { readonly provider: string; readonly query: string; readonly secret: string | null };

/** How it ended: with a session, with a link, or with a refusal. `secondFactorNeeded` is one that the sign-in page goes on from. */
export type Finished = {
  /** It was this browser's way, and is over. */
  readonly isSpent: boolean;
  readonly isLink: boolean;
  readonly next: string;
  readonly signedIn: SignedIn | null;
  readonly failure: AppError | null;
};

const redeem = async (ctx: Ctx, { provider, handshake }: Attempt, query: string): Promise<ForeignIdentity> => {
  const callback = new URL(`${callbackUrlOf(ctx, provider)}?${query}`);
  try {
    return await providerOf(ctx, provider).redeem(callback, handshake);
  } catch (error) {
    ctx.log.warn({ reason: reasonOf(error), provider }, "a provider's answer was not taken");
    throw toldRefusal(error);
  }
};

const signInWith = async (ctx: Ctx, provider: ProviderName, foreign: ForeignIdentity, origin: SignInOrigin): Promise<SignedIn> => {
  const { issuer, subject, label } = foreign;
  const identity = await ctx.db.externalIdentity.findUnique({ where: { issuer_subject: { issuer, subject } } });
  if (!identity) throw federationErrors.notLinked();
  const account = await findVouchedAccount(ctx, identity.accountId);
  if (!account) throw federationErrors.accountClosed();
  await ctx.tx(async (tx) => {
    await tx.db.externalIdentity.updateMany({ where: { id: identity.id }, data: { lastUsedAt: tx.now(), label: label ?? identity.label } });
    tx.record({
      action: "federation.identity.use",
      subjectType: "federation.identity",
      subjectId: identity.id,
      details: { provider, address: origin.address },
      actorId: account.personId,
    });
  });
  return signInVouched(ctx, account, origin);
};

const linkWith = async (ctx: Ctx, { provider, sessionId }: Attempt, { issuer, subject, label }: ForeignIdentity): Promise<null> => {
  const { accountId, id: personId } = ctx.actor;
  // The session that began it, and no other that the browser has got meanwhile.
  if (!accountId || ctx.actor.sessionId !== sessionId) throw federationErrors.attemptEnded();
  return ctx.tx(async (tx) => {
    const id = newId();
    const data = { id, accountId, provider, issuer, subject, label, linkedAt: tx.now() };
    const { count } = await tx.db.externalIdentity.createMany({ data: [data], skipDuplicates: true });
    if (count === 0) {
      const owner = await tx.db.externalIdentity.findUnique({ where: { issuer_subject: { issuer, subject } } });
      if (owner?.accountId === accountId) return null;
      throw owner ? federationErrors.identityTaken() : federationErrors.providerTaken();
    }
    tx.record({
      action: "federation.identity.link",
      subjectType: "federation.identity",
      subjectId: id,
      details: { provider, accountId },
    });
    tx.emit(identityLinked, { personId, accountId, provider });
    return null;
  });
};

const noteRefusal = (ctx: Ctx, provider: ProviderName, reason: string, { address }: SignInOrigin): Promise<void> =>
  ctx.tx(async (tx) =>
    tx.record({
      action: "federation.identity.refuse",
      subjectType: "federation.identity",
      subjectId: "unknown",
      details: { provider, reason, address },
    }),
  );

const isProvider = (name: string): name is ProviderName => (PROVIDERS as readonly string[]).includes(name);

/** Ends what was begun at a provider. Every refusal counts for the address that it comes from, and is written down. */
export const finishExternal = async (ctx: Ctx, { provider, query, secret }: Callback, origin: SignInOrigin): Promise<Finished> => {
  const failures = ctx.tools.limits.limiter("federation-address", { places: FAILURES, windowMs: HOUR_MS });
  const room = await failures.take(origin.address);
  let attempt: Attempt | null = null;
  const finished = (signedIn: SignedIn | null, failure: AppError | null): Finished => ({
    isSpent: attempt !== null,
    isLink: attempt !== null && attempt.sessionId !== null,
    next: attempt?.next ?? "/",
    signedIn,
    failure,
  });
  if (!room.isAllowed) return finished(null, federationErrors.tooManyAttempts({ retryAfterSeconds: Math.ceil(room.retryAfterMs / 1000) }));
  if (!isProvider(provider)) return finished(null, federationErrors.providerNotFound());
  try {
    attempt = await takeAttempt(ctx, provider, secret, new URLSearchParams(query).get("state"));
    const foreign = await redeem(ctx, attempt, query);
    const signedIn = attempt.sessionId === null ? await signInWith(ctx, provider, foreign, origin) : await linkWith(ctx, attempt, foreign);
    await failures.giveBack(origin.address);
    return finished(signedIn, null);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "identity.secondFactorNeeded") await failures.giveBack(origin.address);
    else await noteRefusal(ctx, provider, error.code, origin);
    return finished(null, error);
  }
};
