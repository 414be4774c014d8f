import type { Sql } from "@maru/db/client";
import { newId } from "@maru/platform/crypto/id";
import { sha256 } from "@maru/platform/crypto/token";
import { sql as raw } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import { ACCESS_TOKEN_TTL_MS, REFRESH_IDLE_MS, SESSION_TTL_MS } from "../contract";
import { openSessions } from "../queries";
import { newRefreshToken } from "../refresh-tokens";

/** Announces that a session or a personal token ended; the message is its id. */
export const SESSION_HINT = "session";

/** Where a sign-in comes from. */
export type SignInOrigin = { readonly address: string; readonly userAgent: string | null };
export type SignedIn = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly personId: string;
  readonly token: string;
  /** When the token expires. The session of the API lasts longer, as long as it is refreshed. */
  readonly expiresAt: Date;
  /** Of the API alone. */
  readonly refreshToken: string | null;
};

/** An account whose owner has proved to be there. */
export type ProvedAccount = {
  readonly id: string;
  readonly personId: string;
  /** Another provider vouched for her: what is sensitive then still asks for the password. */
  readonly isVouched?: boolean;
};

type NewSession = {
  readonly account: ProvedAccount;
  readonly kind: "WEB" | "API";
  readonly origin: SignInOrigin;
  readonly expiresAt: Date;
  /** The client that acts as the account; without one it is the person. */
  readonly apiClientId?: string;
};

/** Writes the row of a session with a new id; what was there before is never taken over. */
export const addSession = async (tx: TxCtx, { account, kind, origin, expiresAt, apiClientId }: NewSession): Promise<string> => {
  const now = tx.now();
  const id = newId();
  const { address } = origin;
  const userAgent = origin.userAgent?.slice(0, 400) ?? null;
  const times = { createdAt: now, lastUsedAt: now, expiresAt };
  const provedAt = apiClientId || account.isVouched ? null : now;
  await tx.db.session.create({
    data: { id, accountId: account.id, kind, userAgent, address, lastAddress: address, apiClientId, provedAt, ...times },
  });
  tx.record({
    action: apiClientId ? "identity.api-client.sign-in" : "identity.account.sign-in",
    subjectType: apiClientId ? "identity.api-client" : "identity.account",
    subjectId: apiClientId ?? account.id,
    details: { sessionId: id, kind, address },
    actorId: account.personId,
  });
  return id;
};

/** Opens a session of a person: on the web with the cookie's token, through the API with an access token and the first refresh token. */
export const openSession = async (ctx: Ctx, account: ProvedAccount, kind: "WEB" | "API", origin: SignInOrigin): Promise<SignedIn> => {
  const now = ctx.now().getTime();
  const isWeb = kind === "WEB";
  const sessionEnd = new Date(now + (isWeb ? SESSION_TTL_MS : REFRESH_IDLE_MS));
  const expiresAt = isWeb ? sessionEnd : new Date(now + ACCESS_TOKEN_TTL_MS);
  const refreshToken = isWeb ? null : newRefreshToken();
  const sessionId = await ctx.tx(async (tx) => {
    const id = await addSession(tx, { account, kind, origin, expiresAt: sessionEnd });
    if (refreshToken)
      await tx.db.refreshToken.create({ data: { id: newId(), sessionId: id, tokenHash: sha256(refreshToken), createdAt: tx.now() } });
    return id;
  });
  const token = await ctx.tools.tokens.sign(isWeb ? "web" : "access", { sid: sessionId, ver: 1, sub: account.personId }, expiresAt);
  return { sessionId, accountId: account.id, personId: account.personId, token, expiresAt, refreshToken };
};

/** Ends a session of the actor, everywhere: its tokens are refused within 5 s, sooner where the hint arrives. */
export const endSession = (ctx: Ctx, sessionId: string, reason: string): Promise<boolean> =>
  ctx.tx(async (tx) => {
    const { count } = await tx.db.session.updateMany({
      where: { id: sessionId, endedAt: null, expiresAt: { gt: ctx.now() }, apiClientId: null, account: { personId: ctx.actor.id } },
      data: { endedAt: ctx.now(), endReason: reason, version: { increment: 1 } },
    });
    if (count === 0) return false;
    tx.record({ action: "identity.session.end", subjectType: "identity.session", subjectId: sessionId, details: { reason } });
    tx.hint(SESSION_HINT, sessionId);
    return true;
  });

/** Ends every open session of an account, with its families of refresh tokens; gives their ids. */
export const endSessionsOf = (tx: TxCtx, accountId: string, reason: string): Promise<string[]> => endSessionsOfAll(tx, [accountId], reason);

/** The same for many accounts at once. */
export const endSessionsOfAll = async (tx: TxCtx, accountIds: readonly string[], reason: string): Promise<string[]> => {
  const rows = await tx.sql
    .updateTable("session")
    .set((eb) => ({ ended_at: tx.now(), end_reason: reason, version: eb("version", "+", 1) }))
    .where("account_id", "=", raw<string>`any(${[...accountIds]}::uuid[])`)
    .where("ended_at", "is", null)
    .returning("id")
    .execute();
  for (const { id } of rows) tx.hint(SESSION_HINT, id);
  return rows.map(({ id }) => id);
};

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
