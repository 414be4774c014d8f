import { newId } from "@maru/platform/crypto/id";
import { equalSecrets, randomSecret, sha256, type Tokens } from "@maru/platform/crypto/token";
import type { Ctx, TxCtx } from "../../../tools";
import { toPersonView } from "../../directory/service";
import {
  ACCESS_TOKEN_TTL_MS,
  type ApiClientView,
  type CreateApiClientInput,
  type CreatedApiClientView,
  type IssuedTokenView,
  type IssueTokenInput,
  identityErrors,
} from "../contract";
import { findClient, findServiceAccount, listClientRows } from "../queries";
import { grantableScopes } from "../scopes";
import { limitFailures } from "../token-limits";
import { addSession, SESSION_HINT, type SignInOrigin } from "./sessions";

const MAX_LISTED = 500;
const PREFIX = "maru_client_";

const secretOf = (tokens: Tokens, seed: string): string => PREFIX + tokens.derive(`client secret ${seed}`);

/** The clients that may be used, the newest first. */
export const listApiClients = async (ctx: Ctx): Promise<ApiClientView[]> => {
  const rows = await listClientRows(ctx.sql, MAX_LISTED);
  const cards = await ctx.db.personCard.findMany({ where: { id: { in: rows.map(({ person_id }) => person_id) } } });
  const people = new Map(cards.map((card) => [card.id, toPersonView(card)]));
  return rows.flatMap(({ id, name, scopes, person_id, created_at, last_used_at }) => {
    const person = people.get(person_id);
    if (!person) return [];
    return { clientId: id, name, person, scopes, createdAt: created_at.toISOString(), lastUsedAt: last_used_at?.toISOString() ?? null };
  });
};

const insert = async (tx: TxCtx, input: CreateApiClientInput, seed: string): Promise<string> => {
  const account = await findServiceAccount(tx.sql, input.personId);
  if (!account) throw identityErrors.notAServiceAccount();
  const id = newId();
  const scopes = [...new Set(input.scopes)].toSorted();
  const secretHash = sha256(secretOf(tx.tools.tokens, seed));
  await tx.db.apiClient.create({
    data: { id, accountId: account.id, name: input.name, secretHash, scopes, createdById: tx.actor.id, createdAt: tx.now() },
  });
  tx.record({
    action: "identity.api-client.create",
    subjectType: "identity.api-client",
    subjectId: id,
    details: { name: input.name, scopes, personId: input.personId },
  });
  return id;
};

/**
 * Registers another system. It acts as a service person, whose rights bound it like anybody's, and it is given nothing that the administrator
 * does not hold.
 */
export const createApiClient = async (ctx: Ctx, input: CreateApiClientInput): Promise<CreatedApiClientView> => {
  const grantable = grantableScopes(ctx.actor);
  const missing = input.scopes.filter((scope) => !grantable.includes(scope));
  if (missing.length > 0) throw identityErrors.scopeNotHeld({ scopes: missing });
  const { id, seed } = await ctx.tx(async (tx) => {
    const fresh = randomSecret();
    return { id: await insert(tx, input, fresh), seed: fresh };
  });
  const client = (await listApiClients(ctx)).find(({ clientId }) => clientId === id);
  if (!client) throw identityErrors.clientNotFound();
  return { ...client, clientSecret: secretOf(ctx.tools.tokens, seed) };
};

/** Ends a client and every token that it has. */
export const revokeApiClient = (ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const { count } = await tx.db.apiClient.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: tx.now() } });
    if (count === 0) throw identityErrors.clientNotFound();
    tx.record({ action: "identity.api-client.revoke", subjectType: "identity.api-client", subjectId: id });
    const open = await tx.db.session.updateManyAndReturn({
      where: { apiClientId: id, endedAt: null, expiresAt: { gt: tx.now() } },
      data: { endedAt: tx.now(), endReason: "client-revoked", version: { increment: 1 } },
      select: { id: true },
    });
    for (const session of open) tx.hint(SESSION_HINT, session.id);
    return { done: true };
  });

/** OAuth 2.0's client credentials grant: an access token for a quarter of an hour, without a refresh token, because the secret is one. */
export const issueToken = async (ctx: Ctx, input: IssueTokenInput, origin: SignInOrigin): Promise<IssuedTokenView> => {
  const { limits, tokens } = ctx.tools;
  const client = await limitFailures(limits, origin.address, async () => {
    const found = await findClient(ctx.sql, input.client_id);
    // Compared with something in any case, so that an unknown client takes as long as a known one.
    return equalSecrets(found?.secret_hash ?? "", sha256(input.client_secret)) && found ? found : null;
  });
  if (!client) throw identityErrors.clientRefused();
  const expiresAt = new Date(ctx.now().getTime() + ACCESS_TOKEN_TTL_MS);
  const sid = await ctx.tx(async (tx) => {
    await tx.db.apiClient.update({ where: { id: client.id }, data: { lastUsedAt: tx.now() } });
    return addSession(tx, {
      account: { id: client.account_id, personId: client.person_id },
      kind: "API",
      origin,
      expiresAt,
      apiClientId: client.id,
    });
  });
  return {
    access_token: await tokens.sign("access", { sid, ver: 1, sub: client.person_id }, expiresAt),
    token_type: "Bearer",
    expires_in: ACCESS_TOKEN_TTL_MS / 1000,
    scope: client.scopes.join(" "),
  };
};
