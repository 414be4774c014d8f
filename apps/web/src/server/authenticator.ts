import type { Maru } from "@maru/api";
import { ACTOR_HINT, type Authenticated, authenticateToken, SESSION_HINT } from "@maru/api/identity/service";
import type { TokenUse } from "@maru/platform/crypto/token";
import { LRUCache } from "lru-cache";

/** How long the door believes a session row that it has read. With the time of the next look it stays below the 5 s of the promise. */
const BELIEVED_MS = 4_000;
const MAX_REMEMBERED = 20_000;

type Remembered = { readonly known: Authenticated; readonly until: number };

export type Authenticator = {
  /**
   * Null for a stranger. Answers at once while the token is remembered; `address` is noted as the place of its last use, where it is known. Where an access token
   * is good, a personal token is: neither passes for a web token.
   */
  authenticate(use: TokenUse, token: string, address: string | null): Authenticated | null | Promise<Authenticated | null>;
  /** Forgets a session in this process, without waiting for the hint. */
  forgetSession(sessionId: string): void;
  close(): void;
};

/** Remembers verified tokens with the actor they stand for. Hints make it forget sooner; without hints the session row says so in time. */
export const createAuthenticator = (maru: Maru): Authenticator => {
  const remembered: Record<TokenUse, LRUCache<string, Remembered>> = {
    web: new LRUCache({ max: MAX_REMEMBERED }),
    access: new LRUCache({ max: MAX_REMEMBERED }),
  };
  const asking = new Map<string, Promise<Authenticated | null>>();
  // Counts what was forgotten: an answer that was under way meanwhile may be older than the reason for forgetting.
  let forgotten = 0;
  const reader = { pool: maru.database.pool, sql: maru.database.sql, tokens: maru.tools.tokens, now: maru.clock };

  const ask = async (use: TokenUse, token: string, address: string | null): Promise<Authenticated | null> => {
    const before = forgotten;
    const asked = performance.now();
    const known = await authenticateToken(reader, use, token, address);
    if (known && forgotten === before) remembered[use].set(token, { known, until: asked + BELIEVED_MS });
    else remembered[use].delete(token);
    return known;
  };

  const forgetWhere = (matches: (known: Authenticated) => boolean): void => {
    forgotten += 1;
    for (const cache of Object.values(remembered)) {
      for (const [token, { known }] of cache.entries()) if (matches(known)) cache.delete(token);
    }
  };
  const unsubscribe = [
    maru.hints.subscribe(SESSION_HINT, (sessionId) => forgetWhere((known) => known.sessionId === sessionId)),
    maru.hints.subscribe(ACTOR_HINT, (accountId) => forgetWhere((known) => accountId === "" || known.actor.accountId === accountId)),
  ];

  return {
    authenticate: (use, token, address) => {
      const entry = remembered[use].get(token);
      if (entry && entry.until > performance.now()) return entry.known.expiresAt > maru.clock() ? entry.known : null;
      // A hundred requests that arrive together ask the database once.
      const key = `${use} ${token}`;
      const known = asking.get(key);
      if (known) return known;
      const answer = ask(use, token, address).finally(() => asking.delete(key));
      asking.set(key, answer);
      return answer;
    },
    forgetSession: (sessionId) => forgetWhere((known) => known.sessionId === sessionId),
    close: () => {
      for (const end of unsubscribe) end();
    },
  };
};
