import { newId } from "@maru/platform/crypto/id";
import { randomSecret, sha256 } from "@maru/platform/crypto/token";
import { AppError } from "@maru/platform/errors";
import type { Ctx, TxCtx } from "../../../tools";
import { ACCESS_TOKEN_TTL_MS, type TokenPairView } from "../contract";
import { firstRefreshToken } from "../refresh-tokens";
import { endSessionsOf } from "./sessions";

/** The session that goes on in the place of another. All of it may stand in the answer that is kept under an idempotency key. */
export type RenewedSession = {
  readonly sessionId: string;
  readonly kind: "WEB" | "API";
  readonly expiresAt: string;
  /** How many sessions ended, the one that is continued apart. */
  readonly ended: number;
  /** Of the API alone: what the first refresh token follows from. */
  readonly seed: string | null;
};

/** Where a browser's new token goes: into its cookie, past every script of the page. */
export type TokenKeeper = { readonly keepWebToken?: (token: string, expiresAt: Date) => void };

/**
 * Ends every session of the actor and lets the one that she is using go on under a new id. Its age stays: what becomes of a session never lasts
 * longer than the session would have.
 */
export const renewSession = async (tx: TxCtx, accountId: string, reason: string): Promise<RenewedSession> => {
  const { sessionId } = tx.actor;
  const current = sessionId && (await tx.db.session.findFirst({ where: { id: sessionId, accountId, endedAt: null } }));
  if (!current) throw new AppError("unauthenticated", "common.signInRequired");
  const ended = await endSessionsOf(tx, accountId, reason);
  const { kind, userAgent, address, lastAddress, createdAt, expiresAt } = current;
  const id = newId();
  await tx.db.session.create({
    data: { id, accountId, kind, userAgent, address, lastAddress, createdAt, lastUsedAt: tx.now(), expiresAt, provedAt: tx.now() },
  });
  const seed = kind === "API" ? randomSecret() : null;
  if (seed) {
    const tokenHash = sha256(firstRefreshToken(tx.tools.tokens, seed));
    await tx.db.refreshToken.create({ data: { id: newId(), sessionId: id, tokenHash, createdAt: tx.now() } });
  }
  return { sessionId: id, kind, expiresAt: expiresAt.toISOString(), ended: ended.filter((one) => one !== sessionId).length, seed };
};

/** Hands the renewed session over: to a browser in its cookie, to a client of the API as the answer. */
export const handOver = async (ctx: Ctx, renewed: RenewedSession, keeper: TokenKeeper): Promise<TokenPairView | null> => {
  const { tokens } = ctx.tools;
  const claims = { sid: renewed.sessionId, ver: 1, sub: ctx.actor.id };
  const sessionEnd = new Date(renewed.expiresAt);
  if (renewed.seed === null) {
    keeper.keepWebToken?.(await tokens.sign("web", claims, sessionEnd), sessionEnd);
    return null;
  }
  const now = ctx.now().getTime();
  const expiresAt = new Date(Math.min(now + ACCESS_TOKEN_TTL_MS, sessionEnd.getTime()));
  return {
    accessToken: await tokens.sign("access", claims, expiresAt),
    expiresIn: Math.floor((expiresAt.getTime() - now) / 1000),
    refreshToken: firstRefreshToken(tokens, renewed.seed),
  };
};
