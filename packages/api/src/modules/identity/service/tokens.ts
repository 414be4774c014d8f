import type { Sql } from "@maru/db/client";
import type { Actor } from "@maru/db/context";
import type { Queryable } from "@maru/db/prepared";
import { sha256, type Tokens, type TokenUse } from "@maru/platform/crypto/token";
import type { Ctx } from "../../../tools";
import { PERSONAL_TOKEN_PREFIX, type TokenStateView } from "../contract";
import { findOpenSession, findPersonalToken, toActor } from "../queries";
import { withinScopes } from "../scopes";
import { limitFailures } from "../token-limits";

const LAST_USED_EVERY_MS = 60_000;

/** What a valid token stands for. `sessionId` is what ends it: its session, or the personal token itself. */
export type Authenticated = { readonly actor: Actor; readonly sessionId: string; readonly expiresAt: Date };

type Reader = { readonly pool: Queryable; readonly sql: Sql; readonly tokens: Tokens; readonly now: () => Date };
type Use = {
  readonly table: "session" | "personal_token";
  readonly id: string;
  readonly lastUsedAt: Date | null;
  readonly lastAddress: string | null;
};
type Found = { readonly known: Authenticated; readonly use: Use };

const earlier = (left: Date, right: Date): Date => (left < right ? left : right);

const findByPersonalToken = async (reader: Reader, token: string): Promise<Found | null> => {
  const [row] = await findPersonalToken(reader.pool, { tokenHash: sha256(token), now: reader.now() });
  if (!row) return null;
  const actor = withinScopes(toActor(row, null), row.id, row.scopes);
  return {
    known: { actor, sessionId: row.id, expiresAt: row.expires_at },
    use: { table: "personal_token", id: row.id, lastUsedAt: row.last_used_at, lastAddress: row.last_address },
  };
};

const findBySessionToken = async (reader: Reader, tokenUse: TokenUse, token: string): Promise<Found | null> => {
  const claims = await reader.tokens.verify(tokenUse, token);
  if (!claims) return null;
  const [row] = await findOpenSession(reader.pool, { sessionId: claims.sid, version: claims.ver, now: reader.now() });
  if (!row || row.person_id !== claims.sub || row.kind !== (tokenUse === "web" ? "WEB" : "API")) return null;
  const person = toActor(row, claims.sid);
  // A client has no factor to show: its secret is one, of 256 bits.
  const actor =
    row.client_id && row.client_scopes ? withinScopes({ ...person, needsFactor: false }, row.client_id, row.client_scopes) : person;
  return {
    known: { actor, sessionId: claims.sid, expiresAt: earlier(row.expires_at, new Date(claims.exp * 1000)) },
    use: { table: "session", id: claims.sid, lastUsedAt: row.last_used_at, lastAddress: row.last_address },
  };
};

const findToken = (reader: Reader, tokenUse: TokenUse, token: string): Promise<Found | null> =>
  tokenUse === "access" && token.startsWith(PERSONAL_TOKEN_PREFIX)
    ? findByPersonalToken(reader, token)
    : findBySessionToken(reader, tokenUse, token);

// When and from where it was used, at most once a minute from one address: its owner shall know it again, nobody counts requests.
const noteUse = async ({ sql, now }: Reader, { table, id, lastUsedAt, lastAddress }: Use, address: string | null): Promise<void> => {
  const isFresh = lastUsedAt !== null && now().getTime() - lastUsedAt.getTime() <= LAST_USED_EVERY_MS;
  const last_address = address ?? lastAddress;
  if (isFresh && last_address === lastAddress) return;
  await sql.updateTable(table).set({ last_used_at: now(), last_address }).where("id", "=", id).execute();
};

/**
 * Verifies a token and looks at its row: null when either is not good any more. A personal token is good wherever an access token is. Costs
 * a signature and a statement, so doors remember the answer for a few seconds.
 */
export const authenticateToken = async (
  reader: Reader,
  tokenUse: TokenUse,
  token: string,
  address: string | null,
): Promise<Authenticated | null> => {
  const found = await findToken(reader, tokenUse, token);
  if (!found) return null;
  await noteUse(reader, found.use, address);
  return found.known;
};

const BAD: TokenStateView = { isValid: false, expiresAt: null, scopes: [] };

/** Whether a token of the API is good now, and what it may do. Every bad one gets the same answer, and asking is no use of the token. */
export const verifyToken = async (ctx: Ctx, input: { token: string }, origin: { address: string }): Promise<TokenStateView> => {
  const reader = { pool: ctx.pool, sql: ctx.sql, tokens: ctx.tools.tokens, now: ctx.now };
  const found = await limitFailures(ctx.tools.limits, origin.address, () => findToken(reader, "access", input.token));
  if (!found) return BAD;
  const { actor, expiresAt } = found.known;
  return { isValid: true, expiresAt: expiresAt.toISOString(), scopes: [...actor.permissions].toSorted() };
};
