import { randomUUID } from "node:crypto";
import type { Actor } from "@maru/db/context";
import { createFile } from "@maru/db/testing/factories/file";
import { sha256 } from "@maru/platform/crypto/token";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createActor, createTestMaru, findRefusal, refusal, type TestMaru } from "../../testing/testing";
import { MAX_PERSONAL_TOKENS } from "./contract";
import { grantableScopes, withinScopes } from "./scopes";
import { syncBuiltInRoles } from "./service/roles";
import { authenticateToken } from "./service/tokens";

const START = new Date("2026-11-21T09:00:00Z");
const DAY = 24 * 60 * 60 * 1000;
let now = START;
let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru({ clock: () => now, poolSize: 14 });
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());
beforeEach(() => {
  now = START;
});

/** A member as the database knows one too: what a token may do is asked there. */
const member = async (): Promise<Actor> => {
  const actor = await createActor(test.db, { name: "토큰", permissions: ["board.read", "board.post", "files.upload"] });
  const role = await test.db.role.findUniqueOrThrow({ where: { key: "member" } });
  await test.db.roleAssignment.create({ data: { id: randomUUID(), accountId: actor.accountId as string, roleId: role.id } });
  return actor;
};
const make = (actor: Actor, scopes: string[] = ["board.read"], expiresInDays = 30) =>
  test.as(actor).identity.createPersonalToken({ name: "배포 스크립트", scopes, expiresInDays });
const authenticate = (token: string, address = "203.0.113.7", use: "access" | "web" = "access") => {
  const { pool, sql } = test.maru.database;
  return authenticateToken({ pool, sql, tokens: test.maru.tools.tokens, now: () => now }, use, token, address);
};

describe("a personal token", () => {
  it("is told once and kept as a hash (ASVS 7.2.3)", async () => {
    const actor = await member();
    const { token, ...view } = await make(actor);
    expect(token).toMatch(/^maru_pat_[0-9a-f]{64}$/);
    expect(view).toMatchObject({ name: "배포 스크립트", scopes: ["board.read"], lastUsedAt: null });
    expect(view.expiresAt).toBe(new Date(START.getTime() + 30 * DAY).toISOString());
    const listed = await test.as(actor).identity.listPersonalTokens();
    expect(listed).toEqual({ items: [view], grantable: ["board.read", "board.post", "files.upload"] });
    expect((await test.db.personalToken.findUniqueOrThrow({ where: { id: view.id } })).tokenHash).toBe(sha256(token));
  });

  it("stands for its person within its scopes, and follows what she may do", async () => {
    const actor = await member();
    const { token, id } = await make(actor, ["board.read", "board.post"]);
    const known = await authenticate(token);
    expect(known?.actor).toMatchObject({ id: actor.id, accountId: actor.accountId, sessionId: null, tokenId: id });
    expect([...(known?.actor.permissions ?? [])].sort()).toEqual(["board.post", "board.read"]);
    await test.db.roleAssignment.deleteMany({ where: { accountId: actor.accountId as string } });
    expect([...((await authenticate(token))?.actor.permissions ?? [])]).toEqual([]);
  });

  it("is no web token", async () => expect(await authenticate((await make(await member())).token, "::1", "web")).toBeNull());

  it("notes its last use and its place, once a minute from one address", async () => {
    const { token, id } = await make(await member());
    const noted = async () => {
      const { lastUsedAt, lastAddress } = await test.db.personalToken.findUniqueOrThrow({ where: { id } });
      return [lastUsedAt?.getTime(), lastAddress];
    };
    await authenticate(token);
    expect(await noted()).toEqual([START.getTime(), "203.0.113.7"]);
    now = new Date(START.getTime() + 30_000);
    await authenticate(token);
    expect(await noted()).toEqual([START.getTime(), "203.0.113.7"]);
    await authenticate(token, "198.51.100.9");
    expect(await noted()).toEqual([now.getTime(), "198.51.100.9"]);
  });

  it("ends with its time, its account and its person, and when it is revoked", async () => {
    const actor = await member();
    const account = { where: { id: actor.accountId as string } };
    const { token, id } = await make(actor, ["board.read"], 1);
    await test.db.account.update({ ...account, data: { state: "DISABLED" } });
    expect(await authenticate(token)).toBeNull();
    await test.db.account.update({ ...account, data: { state: "ACTIVE" } });
    expect(await authenticate(token)).not.toBeNull();
    now = new Date(START.getTime() + DAY);
    expect(await authenticate(token)).toBeNull();
    now = START;
    await test.as(actor).identity.revokePersonalToken({ id });
    expect(await authenticate(token)).toBeNull();
    expect(await refusal(test.as(actor).identity.revokePersonalToken({ id }))).toBe("identity.tokenNotFound");
    const records = await test.db.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: "asc" } });
    expect(records.map(({ action }) => action)).toEqual(["identity.personal-token.create", "identity.personal-token.revoke"]);
    expect(JSON.stringify(records)).not.toContain(token.slice(9));
  });

  it("is told again to who repeats the command under its key, and is one token", async () => {
    const actor = await member();
    const once = { kind: "command", key: randomUUID(), procedure: "identity.createPersonalToken", requestHash: "same" } as const;
    const ask = () => test.as(actor, once).identity.createPersonalToken({ name: "한 번", scopes: ["board.read"], expiresInDays: 1 });
    const [first, second] = [await ask(), await ask()];
    expect(second).toEqual(first);
    expect((await test.as(actor).identity.listPersonalTokens()).items).toHaveLength(1);
    const stored = await test.db.idempotencyKey.findMany({ where: { actorId: actor.id } });
    expect(JSON.stringify(stored)).not.toContain(first.token.slice(9));
  });

  it("is given nothing that its person does not hold, and nothing that manages accounts", async () => {
    const error = await findRefusal(make(await member(), ["board.read", "board.moderate"]));
    expect([error?.code, error?.details]).toEqual(["identity.scopeNotHeld", { scopes: ["board.moderate"] }]);
    for (const scope of ["identity.manage-accounts", "identity.manage-roles", "constructor", "board.*"])
      expect(await refusal(make(test.actors.admin, [scope]))).toBe("identity.scopeNotHeld");
  });

  it("is one of fifty at most, also when many are asked for at once", async () => {
    const actor = await member();
    const row = { accountId: actor.accountId as string, name: "하나", scopes: [], expiresAt: new Date(START.getTime() + DAY) };
    const rows = Array.from({ length: MAX_PERSONAL_TOKENS - 2 }, () => ({
      ...row,
      id: randomUUID(),
      tokenHash: randomUUID(),
      createdAt: START,
    }));
    await test.db.personalToken.createMany({ data: rows });
    const answers = await Promise.all(Array.from({ length: 12 }, () => refusal(make(actor))));
    expect(answers.filter((answer) => answer === "done")).toHaveLength(2);
    expect(new Set(answers)).toEqual(new Set(["done", "identity.tooManyTokens"]));
  });

  it("makes no other token, ends no session, changes no account: it may call what its scopes name", async () => {
    const actor = await member();
    const { identity, directory } = test.as(withinScopes(actor, randomUUID(), ["board.read"]));
    expect((await identity.me()).permissions).toEqual(["board.read"]);
    for (const call of [
      identity.createPersonalToken({ name: "둘째", scopes: ["board.read"], expiresInDays: 1 }),
      identity.listPersonalTokens(),
      identity.revokePersonalToken({ id: randomUUID() }),
      identity.listSessions(),
      identity.revokeSession({ id: randomUUID() }),
      identity.revokeSessions({ keepsCurrent: false }),
      identity.updateProfile({ locale: "en" }),
      identity.signOut(),
      directory.listDepartments({}),
    ])
      expect(await refusal(call)).toBe("common.forbidden");
  });

  it("sees its person's unattached files only where it may upload, and the record names it", async () => {
    const actor = await member();
    const { id } = await createFile(test.db, { ownerId: actor.id });
    const tokenId = randomUUID();
    const as = (scopes: string[]) => test.as(withinScopes(actor, tokenId, scopes));
    expect(await refusal(as(["board.read"]).files.getFile({ id }))).toBe("files.fileNotFound");
    expect(await refusal(as(["files.upload"]).files.getFile({ id }))).toBe("done");
    const board = await test.db.board.create({ data: { id: randomUUID(), slug: randomUUID(), name: "판", nameEn: "Board", sortOrder: 1 } });
    const body = { type: "doc", content: [{ type: "paragraph" }] };
    const post = await as(["board.post", "board.read"]).board.publishPost({ boardId: board.id, title: "제목", body } as never);
    const [record] = await test.db.auditEntry.findMany({ where: { subjectId: (post as { id: string }).id } });
    expect(record).toMatchObject({ actorId: actor.id, details: { tokenId } });
  });

  it.each([
    { name: "", scopes: ["board.read"], expiresInDays: 1 },
    { name: "x", scopes: [], expiresInDays: 1 },
    { name: "x", scopes: ["board.read"], expiresInDays: 366 },
    { name: "x", scopes: ["board.read"], expiresInDays: 0 },
    { name: "x", scopes: ["board.read"] },
    { name: "x", scopes: "board.read", expiresInDays: 1 },
    { name: "x", scopes: ["board.read"], expiresInDays: 1, accountId: "y" },
  ])("refuses %j", async (input) =>
    expect(await refusal(test.as(test.actors.member).identity.createPersonalToken(input as never))).toBe("common.invalidInput"),
  );
});

describe("scopes of somebody who administers departments", () => {
  it("hold what she may do there, and take her departments along only with it", () => {
    const { departmentAdmin } = test.actors;
    expect(grantableScopes(departmentAdmin)).toContain("board.moderate");
    expect(grantableScopes(test.actors.member)).not.toContain("board.moderate");
    expect(withinScopes(departmentAdmin, "t", ["board.read"]).managedDepartmentIds).toEqual([]);
    expect(withinScopes(departmentAdmin, "t", ["board.moderate"]).managedDepartmentIds).toEqual(departmentAdmin.managedDepartmentIds);
  });
});
