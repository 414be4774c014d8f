import { randomUUID } from "node:crypto";
import { createAccount } from "@maru/db/testing/factories/account";
import { sha256 } from "@maru/platform/crypto/token";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { GUEST_ACTOR } from "./service/actors";
import { issueToken } from "./service/client-credentials";
import { purgeTokens } from "./service/purge-tokens";
import { syncBuiltInRoles } from "./service/roles";
import { openSession } from "./service/sessions";
import { authenticateToken, verifyToken } from "./service/tokens";

const START = new Date("2026-11-21T09:00:00Z");
let now = START;
let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru({ clock: () => now });
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());
beforeEach(() => {
  now = START;
});

const from = { address: "203.0.113.9", userAgent: "erp/1.0" };
const guest = () => test.contextFor(GUEST_ACTOR);
const admin = () => test.as(test.actors.admin).identity;
/** A service person who may do what members may. */
const servicePerson = async () => {
  const account = await createAccount(test.db);
  const role = await test.db.role.findUniqueOrThrow({ where: { key: "member" } });
  await test.db.roleAssignment.create({ data: { id: randomUUID(), accountId: account.id, roleId: role.id } });
  return account;
};
const register = async (scopes = ["board.read", "board.post", "board.moderate"]) => {
  const account = await servicePerson();
  const client = await admin().createApiClient({ name: "ERP 연동", personId: account.personId, scopes });
  const token = (secret = client.clientSecret, id = client.clientId) =>
    issueToken(guest(), { grant_type: "client_credentials", client_id: id, client_secret: secret }, from);
  return { account, client, token };
};
const authenticate = (token: string) => {
  const { pool, sql } = test.maru.database;
  return authenticateToken({ pool, sql, tokens: test.maru.tools.tokens, now: () => now }, "access", token, from.address);
};

describe("an API client", () => {
  it("has a secret that is told once, and gets tokens for a quarter of an hour", async () => {
    const { client, token, account } = await register();
    expect(client.clientSecret).toMatch(/^maru_client_[0-9a-f]{64}$/);
    const { secretHash } = await test.db.apiClient.findUniqueOrThrow({ where: { id: client.clientId } });
    expect(secretHash).toBe(sha256(client.clientSecret));
    const issued = await token();
    expect(issued).toMatchObject({ token_type: "Bearer", expires_in: 900, scope: "board.moderate board.post board.read" });
    expect((await authenticate(issued.access_token))?.actor).toMatchObject({ id: account.personId, tokenId: client.clientId });
    now = new Date(START.getTime() + 900_000);
    expect(await authenticate(issued.access_token)).toBeNull();
  });

  it("may do what its scopes name and its service person may", async () => {
    const { token } = await register();
    const { access_token } = await token();
    const known = await authenticate(access_token);
    // "board.moderate" is a scope of it and no right of its person.
    expect([...(known?.actor.permissions ?? [])].sort()).toEqual(["board.post", "board.read"]);
    expect(await verifyToken(guest(), { token: access_token }, from)).toEqual({
      isValid: true,
      expiresAt: new Date(START.getTime() + 900_000).toISOString(),
      scopes: ["board.post", "board.read"],
    });
  });

  it("is refused alike whatever is wrong", async () => {
    const { client, token } = await register();
    const other = await register();
    const revoked = await register();
    await admin().revokeApiClient({ id: revoked.client.clientId });
    const owned = await register();
    await test.db.account.update({ where: { id: owned.account.id }, data: { passwordHash: "somebody's now" } });
    const disabled = await register();
    await test.db.account.update({ where: { id: disabled.account.id }, data: { state: "DISABLED" } });
    const answers = await Promise.all(
      [
        token("wrong"),
        token(other.client.clientSecret),
        token(client.clientSecret, randomUUID()),
        revoked.token(),
        owned.token(),
        disabled.token(),
      ].map(refusal),
    );
    expect(new Set(answers)).toEqual(new Set(["identity.clientRefused"]));
  });

  it("loses its tokens when it is revoked, and when somebody gets to sign in as its person", async () => {
    const { client, token } = await register();
    const { access_token } = await token();
    await admin().revokeApiClient({ id: client.clientId });
    expect(await authenticate(access_token)).toBeNull();
    expect((await admin().listApiClients()).map(({ clientId }) => clientId)).not.toContain(client.clientId);
    const owned = await register();
    const issued = await owned.token();
    await test.db.account.update({ where: { id: owned.account.id }, data: { passwordHash: "somebody's now" } });
    expect(await authenticate(issued.access_token)).toBeNull();
  });

  it("leaves a record of each step, and of nothing secret", async () => {
    const { client, token } = await register();
    await token();
    await admin().revokeApiClient({ id: client.clientId });
    const records = await test.db.auditEntry.findMany({ where: { subjectId: client.clientId }, orderBy: { id: "asc" } });
    expect(records.map(({ action }) => action)).toEqual([
      "identity.api-client.create",
      "identity.api-client.sign-in",
      "identity.api-client.revoke",
    ]);
    expect(JSON.stringify(records)).not.toContain(client.clientSecret.slice(12));
  });

  it("acts as nobody who signs in", async () => {
    const withPassword = await createAccount(test.db, { passwordHash: "a hash" });
    const signedIn = await createAccount(test.db);
    await openSession(guest(), signedIn, "WEB", from);
    const disabled = await createAccount(test.db, { state: "DISABLED" });
    for (const personId of [withPassword.personId, signedIn.personId, disabled.personId, randomUUID()]) {
      const call = admin().createApiClient({ name: "x", personId, scopes: ["board.read"] });
      expect(await refusal(call)).toBe("identity.notAServiceAccount");
    }
  });

  it("is the business of who manages accounts, who gives it no more than she holds", async () => {
    const { personId } = await servicePerson();
    const input = { name: "x", personId, scopes: ["board.read"] };
    expect(await refusal(test.as(test.actors.member).identity.createApiClient(input))).toBe("common.forbidden");
    expect(await refusal(admin().createApiClient({ ...input, scopes: ["identity.manage-roles"] }))).toBe("identity.scopeNotHeld");
    expect(await refusal(test.as(null).identity.listApiClients())).toBe("common.signInRequired");
    expect(await refusal(admin().revokeApiClient({ id: randomUUID() }))).toBe("identity.clientNotFound");
  });

  it.each([
    {},
    { grant_type: "password", client_id: randomUUID(), client_secret: "x" },
    { grant_type: "client_credentials", client_id: "1", client_secret: "x" },
    { grant_type: "client_credentials", client_id: randomUUID(), client_secret: "" },
    { grant_type: "client_credentials", client_id: randomUUID(), client_secret: "x", scope: "board.read" },
  ])("is not asked for %j", async (input) =>
    expect(await refusal(test.as(null).identity.issueToken(input as never))).toBe("common.invalidInput"),
  );
});

describe("purgeTokens", () => {
  it("forgets what ended a day ago, and keeps the sessions of people", async () => {
    const { token } = await register();
    await token();
    const { sessionId: personal } = await openSession(guest(), await servicePerson(), "API", from);
    const { sessionId: open } = await openSession(guest(), await servicePerson(), "API", from);
    await test.db.session.update({ where: { id: personal }, data: { endedAt: now } });
    const counts = async () => [
      await test.db.session.count({ where: { apiClientId: { not: null } } }),
      await test.db.refreshToken.count({ where: { sessionId: personal } }),
      await test.db.refreshToken.count({ where: { sessionId: open } }),
      await test.db.session.count({ where: { id: { in: [personal, open] } } }),
    ];
    const [clients = 0] = await counts();
    now = new Date(START.getTime() + 23 * 3_600_000);
    await purgeTokens(guest());
    expect(await counts()).toEqual([clients, 1, 1, 2]);
    now = new Date(START.getTime() + 25 * 3_600_000);
    await purgeTokens(guest());
    expect(await counts()).toEqual([0, 0, 1, 2]);
  });
});

describe("verifyToken", () => {
  it("says the same of every bad token, and that asking is no use", async () => {
    const account = await servicePerson();
    const { token, sessionId, refreshToken } = await openSession(guest(), account, "API", from);
    const web = await openSession(guest(), account, "WEB", from);
    const ask = (text: string) => verifyToken(guest(), { token: text }, from);
    now = new Date(START.getTime() + 120_000);
    expect(await ask(token)).toMatchObject({ isValid: true, expiresAt: new Date(START.getTime() + 900_000).toISOString() });
    expect((await test.db.session.findUniqueOrThrow({ where: { id: sessionId } })).lastUsedAt).toEqual(START);
    const bad = { isValid: false, expiresAt: null, scopes: [] };
    for (const text of [web.token, refreshToken as string, "x", `maru_pat_${"0".repeat(64)}`, token.slice(0, -3)])
      expect(await ask(text)).toEqual(bad);
    await test.db.session.update({ where: { id: sessionId }, data: { endedAt: now } });
    expect(await ask(token)).toEqual(bad);
  });
});

describe("failures from one address", () => {
  it("are limited, and successes are not", async () => {
    const { token } = await register();
    const address = randomUUID();
    // Until the limiter's connection stands, memory counts: both count the same.
    const limiter = test.maru.tools.limits.limiter("token-address", { places: 1_000, windowMs: 3_600_000 });
    for (let count = 0; count < 999; count += 1) await limiter.take(address);
    const ask = (text: string) => refusal(verifyToken(guest(), { token: text }, { address }));
    const good = (await token()).access_token;
    expect([await ask(good), await ask(good), await ask("bad"), await ask(good)]).toEqual([
      "done",
      "done",
      "done",
      "identity.tooManyAttempts",
    ]);
  });
});
