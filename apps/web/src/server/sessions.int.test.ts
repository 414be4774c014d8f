import { randomUUID } from "node:crypto";
import { endSession } from "@maru/api/identity/service";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

let door: TestDoor;
beforeAll(async () => {
  door = await startTestDoor();
});
afterAll(() => door.stop());

const status = async (headers: Record<string, string>) => (await fetch(`${door.url}/api/trpc/identity.me`, { headers })).status;
const cookieOf = (token: string) => ({ cookie: `maru.session=${token}` });

describe("a session", () => {
  it("that is signed out of is refused at once, by the hint (ASVS 7.2.1, 7.4.1)", async () => {
    const { sessionId, token } = await door.openSession(door.actors.member, "web");
    expect(await status(cookieOf(token))).toBe(200);
    const ctx = door.maru.contextFor({ actor: door.actors.member, requestId: randomUUID() });
    expect(await endSession(ctx, sessionId, "test")).toBe(true);
    await expect.poll(() => status(cookieOf(token)), { timeout: 1_500, interval: 50 }).toBe(401);
  });

  it("that was ended without a hint, as when Redis is away, is refused within 5 s", async () => {
    const { sessionId, token } = await door.openSession(door.actors.member, "web");
    expect(await status(cookieOf(token))).toBe(200);
    const endedAt = Date.now();
    await door.db.session.update({ where: { id: sessionId }, data: { endedAt: new Date() } });
    await expect.poll(() => status(cookieOf(token)), { timeout: 5_500, interval: 100 }).toBe(401);
    expect(Date.now() - endedAt).toBeLessThan(5_000);
  });

  it("signs out by the procedure, and its Bearer twin too", async () => {
    const headers = await door.bearer(door.actors.member);
    expect((await fetch(`${door.url}/api/v1/auth/logout`, { method: "POST", headers })).status).toBe(200);
    await expect.poll(async () => (await fetch(`${door.url}/api/v1/users/me`, { headers })).status, { timeout: 5_000 }).toBe(401);
  });

  it.each([
    ["of another version", { version: 2 }],
    ["that has expired", { expiresAt: new Date(Date.now() - 1_000) }],
    ["that has ended", { endedAt: new Date() }],
  ])("%s is refused", async (_name, data) => {
    const { sessionId, token } = await door.openSession(door.actors.member, "web");
    await door.db.session.update({ where: { id: sessionId }, data });
    expect(await status(cookieOf(token))).toBe(401);
  });

  it("of a disabled account is refused, and of a person who has left", async () => {
    const { token } = await door.openSession(door.actors.other, "web");
    const where = { id: door.actors.other.accountId as string };
    await door.db.account.update({ where, data: { state: "DISABLED" } });
    expect(await status(cookieOf(token))).toBe(401);
    await door.db.account.update({ where, data: { state: "ACTIVE" } });
    expect(await status(cookieOf(token))).toBe(200);
    door.authenticator.forgetSession(((await door.db.session.findFirst({ where: { accountId: where.id } })) as { id: string }).id);
    await door.db.person.update({ where: { id: door.actors.other.id }, data: { state: "RESIGNED" } });
    expect(await status(cookieOf(token))).toBe(401);
  });

  it("can't be ended by somebody else", async () => {
    const { sessionId, token } = await door.openSession(door.actors.member, "web");
    const ctx = door.maru.contextFor({ actor: door.actors.admin, requestId: randomUUID() });
    expect(await endSession(ctx, sessionId, "test")).toBe(false);
    expect(await status(cookieOf(token))).toBe(200);
  });

  it("closes its stream when it ends, and the figures follow", async () => {
    const openStreams = async () => /^maru_open_streams\S* (\d+)$/m.exec(await (await fetch(`${door.url}/metrics`)).text())?.[1];
    expect(await openStreams()).toBe("0");
    const { sessionId, token } = await door.openSession(door.actors.member, "web");
    const answer = await fetch(`${door.url}/api/trpc/notification.stream?input=%7B%7D`, {
      headers: { ...cookieOf(token), accept: "text/event-stream" },
    });
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    expect(await openStreams()).toBe("1");
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const ended = (async () => {
      for (;;) if ((await reader.read()).done) return;
    })().catch(() => {});
    await door.db.session.update({ where: { id: sessionId }, data: { endedAt: new Date() } });
    const before = Date.now();
    await ended;
    expect(Date.now() - before).toBeLessThan(10_000);
    await expect.poll(openStreams).toBe("0");
  });

  it("notes its last use at most once a minute", async () => {
    const { sessionId, token } = await door.openSession(door.actors.member, "web");
    const old = new Date(Date.now() - 120_000);
    await door.db.session.update({ where: { id: sessionId }, data: { lastUsedAt: old } });
    await status(cookieOf(token));
    const noted = (await door.db.session.findUniqueOrThrow({ where: { id: sessionId } })).lastUsedAt;
    expect(noted.getTime()).toBeGreaterThan(old.getTime());
    door.authenticator.forgetSession(sessionId);
    await status(cookieOf(token));
    expect((await door.db.session.findUniqueOrThrow({ where: { id: sessionId } })).lastUsedAt).toEqual(noted);
  });
});

describe("what an actor may do", () => {
  it("follows the roles within 5 s", async () => {
    const actor = door.actors.guest;
    const browser = { ...(await door.browser(actor)), "content-type": "application/json" };
    const publish = async () =>
      (await fetch(`${door.url}/api/trpc/board.publishPost`, { method: "POST", headers: browser, body: "{}" })).status;
    expect(await publish()).toBe(403);
    await door.giveRole(actor, "member");
    await expect.poll(publish, { timeout: 5_000 }).toBe(400);
  });

  it("by a role in one department is nothing elsewhere", async () => {
    const actor = door.actors.departmentAdmin;
    await door.giveRole(actor, "department-admin", door.departments.development);
    const { token } = await door.openSession(actor, "web");
    const known = await door.authenticator.authenticate("web", token, null);
    expect([...(known?.actor.permissions ?? [])]).toEqual([]);
    expect([...(known?.actor.managedDepartmentIds ?? [])].sort()).toEqual([door.departments.development, door.departments.team].sort());
    expect(new Set(known?.actor.departmentIds)).toEqual(new Set([door.departments.company, door.departments.development]));
  });
});
