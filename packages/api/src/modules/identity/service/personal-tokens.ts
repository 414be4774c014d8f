import { newId } from "@maru/platform/crypto/id";
import { randomSecret, sha256, type Tokens } from "@maru/platform/crypto/token";
import { AppError } from "@maru/platform/errors";
import type { Ctx, TxCtx } from "../../../tools";
import {
  type CreatedPersonalTokenView,
  type CreatePersonalTokenInput,
  identityErrors,
  MAX_PERSONAL_TOKENS,
  PERSONAL_TOKEN_PREFIX,
  type PersonalTokenListView,
  type PersonalTokenView,
} from "../contract";
import { grantableScopes } from "../scopes";
import { SESSION_HINT } from "./sessions";

const DAY_MS = 24 * 60 * 60 * 1000;

// The seed stands for a day in the answer that is kept under an idempotency key; without the server's key it is worth nothing.
const tokenOf = (tokens: Tokens, seed: string): string => PERSONAL_TOKEN_PREFIX + tokens.derive(`personal token ${seed}`);

type Row = Omit<PersonalTokenView, "createdAt" | "expiresAt" | "lastUsedAt"> & {
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
};
const toView = ({ id, name, scopes, createdAt, expiresAt, lastUsedAt, lastAddress }: Row): PersonalTokenView => ({
  id,
  name,
  scopes,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  lastAddress,
});

const accountIdOf = (ctx: Pick<Ctx, "actor">): string => {
  if (!ctx.actor.accountId) throw new AppError("unauthenticated", "common.signInRequired");
  return ctx.actor.accountId;
};

const usable = (accountId: string, now: Date) => ({ accountId, revokedAt: null, expiresAt: { gt: now } });

/** The actor's tokens that may be used, the newest first. None of them can be read again. */
export const listPersonalTokens = async (ctx: Ctx): Promise<PersonalTokenListView> => {
  const rows = await ctx.db.personalToken.findMany({
    where: usable(accountIdOf(ctx), ctx.now()),
    orderBy: { id: "desc" },
    take: MAX_PERSONAL_TOKENS,
  });
  return { items: rows.map(toView), grantable: grantableScopes(ctx.actor) };
};

const insert = async (tx: TxCtx, input: CreatePersonalTokenInput, seed: string): Promise<string> => {
  const [accountId, now] = [accountIdOf(tx), tx.now()];
  // Two who count at once would both find room: the account's row lets them count one after the other.
  await tx.sql.selectFrom("account").select("id").where("id", "=", accountId).forUpdate().execute();
  if ((await tx.db.personalToken.count({ where: usable(accountId, now) })) >= MAX_PERSONAL_TOKENS) throw identityErrors.tooManyTokens();
  const id = newId();
  const scopes = [...new Set(input.scopes)].toSorted();
  const expiresAt = new Date(now.getTime() + input.expiresInDays * DAY_MS);
  const tokenHash = sha256(tokenOf(tx.tools.tokens, seed));
  await tx.db.personalToken.create({ data: { id, accountId, name: input.name, tokenHash, scopes, createdAt: now, expiresAt } });
  tx.record({
    action: "identity.personal-token.create",
    subjectType: "identity.personal-token",
    subjectId: id,
    details: { name: input.name, scopes, expiresAt: expiresAt.toISOString() },
  });
  return id;
};

/** Makes a token for a script of the actor. It is told once: what is kept is its hash. */
export const createPersonalToken = async (ctx: Ctx, input: CreatePersonalTokenInput): Promise<CreatedPersonalTokenView> => {
  const grantable = grantableScopes(ctx.actor);
  const missing = input.scopes.filter((scope) => !grantable.includes(scope));
  if (missing.length > 0) throw identityErrors.scopeNotHeld({ scopes: missing });
  // The seed is the transaction's result, so that a command that is repeated under its key tells the same token.
  const { id, seed } = await ctx.tx(async (tx) => {
    const fresh = randomSecret();
    return { id: await insert(tx, input, fresh), seed: fresh };
  });
  const row = await ctx.db.personalToken.findUniqueOrThrow({ where: { id } });
  return { ...toView(row), token: tokenOf(ctx.tools.tokens, seed) };
};

/** Ends a token of the actor: it is refused within 5 s, sooner where the hint arrives. */
export const revokePersonalToken = async (ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const { count } = await tx.db.personalToken.updateMany({
      where: { id, ...usable(accountIdOf(tx), tx.now()) },
      data: { revokedAt: tx.now() },
    });
    if (count === 0) throw identityErrors.tokenNotFound();
    tx.record({ action: "identity.personal-token.revoke", subjectType: "identity.personal-token", subjectId: id });
    tx.hint(SESSION_HINT, id);
    return { done: true };
  });
