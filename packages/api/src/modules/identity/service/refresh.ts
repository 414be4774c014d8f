import { newId } from "@maru/platform/crypto/id";
import { sha256 } from "@maru/platform/crypto/token";
import type { Ctx, TxCtx } from "../../../tools";
import {
  ACCESS_TOKEN_TTL_MS,
  identityErrors,
  REFRESH_ABSOLUTE_MS,
  REFRESH_IDLE_MS,
  REFRESH_REPEAT_MS,
  type TokenPairView,
} from "../contract";
import { sessionStolen } from "../events";
import { type Family, findLink, isUnusedLink, lockFamily } from "../queries";
import { successorOf } from "../refresh-tokens";
import { limitFailures } from "../token-limits";
import { SESSION_HINT, type SignInOrigin } from "./sessions";

/** A family that goes on with the link of this id. */
type Continued = { readonly family: Family; readonly successorId: string; readonly sessionEnd: Date };

const rotate = async (tx: TxCtx, family: Family, linkId: string, token: string, origin: SignInOrigin): Promise<Continued> => {
  const now = tx.now();
  const successorId = newId();
  const sessionEnd = new Date(Math.min(now.getTime() + REFRESH_IDLE_MS, family.created_at.getTime() + REFRESH_ABSOLUTE_MS));
  const tokenHash = sha256(successorOf(tx.tools.tokens, token, successorId));
  await tx.db.refreshToken.create({ data: { id: successorId, sessionId: family.id, tokenHash, createdAt: now } });
  await tx.db.refreshToken.update({ where: { id: linkId }, data: { rotatedAt: now, successorId } });
  await tx.db.session.update({
    where: { id: family.id },
    data: { lastUsedAt: now, lastAddress: origin.address, expiresAt: sessionEnd },
  });
  return { family, successorId, sessionEnd };
};

// Two have had this link, and nobody can tell which of them is the owner: so both are out, and the owner is told.
const endFamily = async (tx: TxCtx, family: Family, origin: SignInOrigin): Promise<void> => {
  const reason = "refresh-token-reused";
  await tx.db.session.update({ where: { id: family.id }, data: { endedAt: tx.now(), endReason: reason, version: { increment: 1 } } });
  tx.record({
    action: "identity.session.end",
    subjectType: "identity.session",
    subjectId: family.id,
    details: { reason, address: origin.address },
  });
  tx.emit(sessionStolen, { sessionId: family.id, personId: family.person_id });
  tx.hint(SESSION_HINT, family.id);
};

// All refreshes of a family stand in one row: behind its lock nothing of the chain changes any more.
const advance = async (tx: TxCtx, token: string, origin: SignInOrigin): Promise<Continued | null> => {
  const tokenHash = sha256(token);
  const now = tx.now();
  const family = await lockFamily(tx.sql, tokenHash, now);
  if (!family) return null;
  const link = await findLink(tx.sql, tokenHash);
  if (!link.rotated_at || !link.successor_id) return rotate(tx, family, link.id, token, origin);
  const isRepeat = now.getTime() - link.rotated_at.getTime() <= REFRESH_REPEAT_MS;
  if (isRepeat && (await isUnusedLink(tx.sql, link.successor_id)))
    return { family, successorId: link.successor_id, sessionEnd: family.expires_at };
  await endFamily(tx, family, origin);
  return null;
};

/**
 * Gives the next access token and the next refresh token. Each refresh token is used once; right after that, and as long as nobody has used its
 * successor, it gives the same successor again: two tabs that refresh at once are one refresh. Later it is a stolen one.
 */
export const refresh = async (ctx: Ctx, { refreshToken }: { refreshToken: string }, origin: SignInOrigin): Promise<TokenPairView> => {
  const { limits, tokens } = ctx.tools;
  const continued = await limitFailures(limits, origin.address, () => ctx.tx((tx) => advance(tx, refreshToken, origin)));
  if (!continued) throw identityErrors.refreshRefused();
  const { family, successorId, sessionEnd } = continued;
  const now = ctx.now().getTime();
  const expiresAt = new Date(Math.min(now + ACCESS_TOKEN_TTL_MS, sessionEnd.getTime()));
  const accessToken = await tokens.sign("access", { sid: family.id, ver: family.version, sub: family.person_id }, expiresAt);
  return {
    accessToken,
    expiresIn: Math.floor((expiresAt.getTime() - now) / 1000),
    refreshToken: successorOf(tokens, refreshToken, successorId),
  };
};
