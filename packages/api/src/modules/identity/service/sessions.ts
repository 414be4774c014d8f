import type { Sql } from "@maru/db/client";
import type { Actor } from "@maru/db/context";
import type { Queryable } from "@maru/db/prepared";
import { newId } from "@maru/platform/crypto/id";
import type { Tokens, TokenUse } from "@maru/platform/crypto/token";
import { sql as raw } from "kysely";
import type { Ctx } from "../../../tools";
import { ACCESS_TOKEN_TTL_MS, SESSION_TTL_MS } from "../contract";
import { findOpenSession, openSessions, toActor } from "../queries";

/** Announces that a session ended; the message is its id. */
export const SESSION_HINT = "session";
const LAST_USED_EVERY_MS = 60_000;

/** Where a sign-in comes from. */
export type SignInOrigin = { readonly address: string; readonly userAgent: string | null };
export type SignedIn = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly personId: string;
  readonly token: string;
  readonly expiresAt: Date;
};

/** An account whose owner has proved to be there. */
export type ProvedAccount = { readonly id: string; readonly personId: string };

/** Opens a session with a new id; what was there before is never taken over. */
export const openSession = async (ctx: Ctx, account: ProvedAccount, kind: "WEB" | "API", origin: SignInOrigin): Promise<SignedIn> => {
  const use: TokenUse = kind === "WEB" ? "web" : "access";
  const now = ctx.now();
  // An API session lasts as long as its one access token; refresh tokens will make it longer.
  const expiresAt = new Date(now.getTime() + (kind === "WEB" ? SESSION_TTL_MS : ACCESS_TOKEN_TTL_MS));
  const sessionId = newId();
  await ctx.tx(async (tx) => {
    await tx.db.session.create({
      data: {
        id: sessionId,
        accountId: account.id,
        kind,
        userAgent: origin.userAgent?.slice(0, 400) ?? null,
        address: origin.address,
        createdAt: now,
        lastUsedAt: now,
        expiresAt,
      },
    });
    tx.record({
      action: "identity.account.sign-in",
      subjectType: "identity.account",
      subjectId: account.id,
      details: { sessionId, kind, address: origin.address },
    });
  });
  const token = await ctx.tools.tokens.sign(use, { sid: sessionId, ver: 1, sub: account.personId }, expiresAt);
  return { sessionId, accountId: account.id, personId: account.personId, token, expiresAt };
};

/** Ends a session of the actor, everywhere: its tokens are refused within 5 s, sooner where the hint arrives. */
export const endSession = (ctx: Ctx, sessionId: string, reason: string): Promise<boolean> =>
  ctx.tx(async (tx) => {
    const { count } = await tx.db.session.updateMany({
      where: { id: sessionId, endedAt: null, account: { personId: ctx.actor.id } },
      data: { endedAt: ctx.now(), endReason: reason, version: { increment: 1 } },
    });
    if (count === 0) return false;
    tx.record({ action: "identity.session.end", subjectType: "identity.session", subjectId: sessionId, details: { reason } });
    tx.hint(SESSION_HINT, sessionId);
    return true;
  });

/** Signs out of the session that this request came with. */
export const signOut = async (ctx: Ctx): Promise<{ done: true }> => {
  if (ctx.actor.sessionId) await endSession(ctx, ctx.actor.sessionId, "signed-out");
  return { done: true };
};

/** True while a session may be used; asks the database each time. */
export const isSessionOpen = async (reader: { readonly sql: Sql }, sessionId: string, now: Date = new Date()): Promise<boolean> =>
  (await openSessions(reader.sql, now).where("s.id", "=", sessionId).executeTakeFirst()) !== undefined;

/** Which of these sessions may still be used, in one statement. */
export const listOpenSessions = async (
  reader: { readonly sql: Sql },
  sessionIds: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> => {
  const rows = await openSessions(reader.sql, now).where("s.id", "=", raw<string>`any(${sessionIds}::uuid[])`).execute();
  return new Set(rows.map(({ id }) => id));
};

/** What a valid token of an open session stands for. */
export type Authenticated = { readonly actor: Actor; readonly sessionId: string; readonly expiresAt: Date };

type AuthenticationReader = { readonly pool: Queryable; readonly sql: Sql; readonly tokens: Tokens; readonly now: () => Date };

/**
 * Verifies a token and looks at its session row: null when either is not good any more. Costs a signature and a statement, so doors
 * remember the answer for a few seconds.
 */
export const authenticateToken = async (reader: AuthenticationReader, use: TokenUse, token: string): Promise<Authenticated | null> => {
  const claims = await reader.tokens.verify(use, token);
  if (!claims) return null;
  const now = reader.now();
  const [row] = await findOpenSession(reader.pool, { sessionId: claims.sid, version: claims.ver, now });
  if (!row || row.person_id !== claims.sub || row.kind !== (use === "web" ? "WEB" : "API")) return null;
  if (now.getTime() - row.last_used_at.getTime() > LAST_USED_EVERY_MS) {
    await reader.sql.updateTable("session").set({ last_used_at: now }).where("id", "=", claims.sid).execute();
  }
  return { actor: toActor(row, claims.sid), sessionId: claims.sid, expiresAt: row.expires_at };
};
