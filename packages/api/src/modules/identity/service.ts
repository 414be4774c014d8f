import type { Database, Sql } from "@maru/db/client";
import type { Actor } from "@maru/db/context";
import type { Queryable } from "@maru/db/prepared";
import { newId } from "@maru/platform/crypto/id";
import { verifyNothing, verifyPassword } from "@maru/platform/crypto/password";
import type { Tokens, TokenUse } from "@maru/platform/crypto/token";
import { AppError } from "@maru/platform/errors";
import { sql as raw } from "kysely";
import { PERMISSIONS } from "../../permissions";
import type { Ctx } from "../../tools";
import { toPersonView } from "../directory/service";
import {
  ACCESS_TOKEN_TTL_MS,
  type AccessTokenView,
  type AccountView,
  identityErrors,
  SESSION_TTL_MS,
  type SetPreferencesInput,
  type SignInInput,
} from "./contract";
import { findActorRow, findOpenSession, findSignInAccount, openSessions, toActor } from "./queries";
import { BUILT_IN_ROLE_DEFINITIONS } from "./roles";
import { reserveAttempt } from "./sign-in-limits";

/** Announces that a session ended; the message is its id. */
export const SESSION_HINT = "session";
/** Announces that what accounts may do has changed; the message is the account's id, or empty for all. */
export const ACTOR_HINT = "actor";

/** Acts for whoever has not signed in. */
export const GUEST_ACTOR: Actor = {
  id: "00000000-0000-7000-8000-000000000001",
  accountId: null,
  sessionId: null,
  permissions: new Set(),
  departmentIds: [],
  managedDepartmentIds: [],
};

const KNOWN_ADDRESS_MS = 30 * 24 * 60 * 60 * 1000;
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

/** A user name as it is compared: without outer spaces, NFKC, lower case. */
export const normaliseUsername = (username: string): string => username.trim().normalize("NFKC").toLowerCase();

type CheckedAccount = { readonly id: string; readonly personId: string };

// The answer and its time are the same whether the account is unknown, disabled, without a password, or the password is wrong.
const checkPassword = async (ctx: Ctx, input: SignInInput, origin: SignInOrigin): Promise<CheckedAccount> => {
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

const openSession = async (ctx: Ctx, account: CheckedAccount, kind: "WEB" | "API", origin: SignInOrigin): Promise<SignedIn> => {
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

/** Signs in on the web. Every sign-in has a new session id; what was there before is never taken over. */
export const signIn = async (ctx: Ctx, input: SignInInput, origin: SignInOrigin): Promise<SignedIn> =>
  openSession(ctx, await checkPassword(ctx, input, origin), "WEB", origin);

/** Signs in through the API and gives an access token. */
export const logIn = async (ctx: Ctx, input: SignInInput, origin: SignInOrigin): Promise<AccessTokenView> => {
  const signedIn = await openSession(ctx, await checkPassword(ctx, input, origin), "API", origin);
  const expiresIn = Math.round((signedIn.expiresAt.getTime() - ctx.now().getTime()) / 1000);
  return { accessToken: signedIn.token, expiresIn, user: await readAccount(ctx, signedIn.accountId) };
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

/** The actor that a person would be, for work that is done on her behalf; null for who may not sign in. */
export const findActorForPerson = async (reader: { readonly sql: Sql }, personId: string): Promise<Actor | null> => {
  const row = await findActorRow(reader.sql, personId);
  return row ? toActor(row, null) : null;
};

const readAccount = async (ctx: Ctx, accountId: string): Promise<AccountView> => {
  const account = await ctx.db.account.findUnique({ where: { id: accountId } });
  const card = account && (await ctx.db.personCard.findUnique({ where: { id: account.personId } }));
  const actor = account && (await findActorForPerson(ctx, account.personId));
  if (!account || !card || !actor) throw identityErrors.sessionEnded();
  const { id, username, locale, colorScheme } = account;
  return {
    id,
    username,
    person: toPersonView(card),
    locale: locale as AccountView["locale"],
    colorScheme: colorScheme as AccountView["colorScheme"],
    permissions: [...actor.permissions].sort(),
  };
};

/** The account that the actor has signed in with. */
export const me = (ctx: Ctx): Promise<AccountView> => {
  if (!ctx.actor.accountId) throw new AppError("unauthenticated", "common.signInRequired");
  return readAccount(ctx, ctx.actor.accountId);
};

/** Changes what the actor sees Maru in: language and colours. */
export const setPreferences = async (ctx: Ctx, input: SetPreferencesInput): Promise<AccountView> => {
  const { accountId } = ctx.actor;
  if (!accountId) throw new AppError("unauthenticated", "common.signInRequired");
  await ctx.tx(async (tx) => {
    await tx.db.account.update({ where: { id: accountId }, data: input });
  });
  return readAccount(ctx, accountId);
};

/**
 * Brings the built-in roles and what they may do to the state of the code. Runs after the migrations, in a transaction; assignments and
 * roles that an administrator made are left alone.
 */
export const syncBuiltInRoles = async (database: Pick<Database, "prisma">): Promise<void> => {
  await database.prisma.$transaction(async (db) => {
    for (const [key, { id, name, nameEn, permissions }] of Object.entries(BUILT_IN_ROLE_DEFINITIONS)) {
      const role = await db.role.upsert({
        where: { key },
        create: { id, key, name, nameEn, isBuiltIn: true },
        update: { name, nameEn, isBuiltIn: true },
      });
      const wanted: readonly string[] = permissions === "all" ? PERMISSIONS : permissions;
      await db.rolePermission.deleteMany({ where: { roleId: role.id, permission: { notIn: [...wanted] } } });
      await db.rolePermission.createMany({ data: wanted.map((permission) => ({ roleId: role.id, permission })), skipDuplicates: true });
    }
  });
};
