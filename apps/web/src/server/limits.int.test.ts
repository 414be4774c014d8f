import { randomUUID } from "node:crypto";
import { testServers } from "@maru/db/testing/env";
import { createBoard } from "@maru/db/testing/factories/board";
import { createPost } from "@maru/db/testing/factories/post";
import { createLimits } from "@maru/platform/http/limits";
import { createLog } from "@maru/platform/log";
import { paragraphs } from "@maru/platform/rich-text";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDoor, type TestDoor } from "./testing/test-door";

let door: TestDoor;
beforeAll(async () => {
  door = await startTestDoor({ settings: { readsPerSecond: 20, writesPerMinute: 5 } });
});
afterAll(() => door.stop());

describe("calls", () => {
  it("beyond the reads of a second are refused, batched ones counted each", async () => {
    const headers = await door.browser(door.actors.member);
    const batch = `/api/trpc/${Array.from({ length: 10 }, () => "identity.me").join(",")}?batch=1`;
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await fetch(`${door.url}${batch}`, { headers })).status));
    expect(statuses).toContain(429);
    // Somebody else has room of her own.
    expect((await fetch(`${door.url}/api/trpc/identity.me`, { headers: await door.browser(door.actors.other) })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await fetch(`${door.url}/api/trpc/identity.me`, { headers })).status).toBe(200);
  });

  it("beyond the writes of a minute are refused at both doors, with the time to wait (ASVS 2.4.1)", async () => {
    const browser = { ...(await door.browser(door.actors.admin)), "content-type": "application/json" };
    const bearer = { ...(await door.bearer(door.actors.admin)), "content-type": "application/json" };
    const write = (index: number) =>
      index % 2 === 0
        ? fetch(`${door.url}/api/trpc/identity.updateProfile`, { method: "POST", headers: browser, body: `{"locale":"ko"}` })
        : fetch(`${door.url}/api/v1/users/me`, { method: "PUT", headers: bearer, body: `{"locale":"ko"}` });
    const answers = [];
    for (let index = 0; index < 7; index += 1) answers.push(await write(index));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(Number(answers[5]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await answers[5]?.json()).toMatchObject({ success: false, error: { code: "common.rateLimited" } });
    expect(await answers[6]?.json()).toMatchObject({
      error: { message: "common.rateLimited", data: { app: { details: { retryAfterSeconds: expect.any(Number) } } } },
    });
  });
});

describe("what a page saves by itself", () => {
  it("never uses up what its person does by hand, and has a limit of its own at both doors", async () => {
    const { id: boardId } = await createBoard(door.db);
    const { id: postId } = await createPost(door.db, { boardId, authorId: door.actors.member.id });
    const browser = { ...(await door.browser(door.actors.member)), "content-type": "application/json" };
    const post = async (path: string, input: unknown): Promise<number> =>
      (await fetch(`${door.url}/api/trpc/${path}`, { method: "POST", headers: browser, body: JSON.stringify(input) })).status;
    const text = { boardId, title: "쓰는 중", body: paragraphs("본문") };
    for (let save = 0; save < 4; save += 1) expect(await post("board.saveDraft", text)).toBe(200);
    expect(await post("board.markPostRead", { id: postId })).toBe(200);
    expect(await post("board.saveDraft", text)).toBe(429);
    const bearer = await door.bearer(door.actors.member);
    const markRead = () => fetch(`${door.url}/api/v1/board/posts/${postId}/read`, { method: "POST", headers: bearer });
    expect((await markRead()).status).toBe(429);
    // In a batch each call counts as what it is: one that has no room refuses all of them.
    expect(await post("board.saveDraft,board.publishPost?batch=1", { 0: text, 1: text })).toBe(429);
    for (let write = 0; write < 5; write += 1) expect(await post("board.publishPost", text)).toBe(200);
    expect(await post("board.publishPost", text)).toBe(429);
  });
});

describe("limits without Redis", () => {
  it("are counted in memory, and never open", async () => {
    const limits = createLimits("redis://127.0.0.1:1", createLog({ service: "test", level: "silent" }));
    const limiter = limits.limiter("test", { places: 2, windowMs: 60_000 });
    const taken = [await limiter.take("a"), await limiter.take("a"), await limiter.take("a"), await limiter.take("b")];
    expect(taken.map(({ isAllowed }) => isAllowed)).toEqual([true, true, false, true]);
    await limiter.giveBack("a");
    await limiter.forget("a");
    expect((await limiter.take("a")).isAllowed).toBe(true);
    limits.close();
  });

  it("with Redis are shared by processes", async () => {
    const log = createLog({ service: "test", level: "silent" });
    const [one, two] = [createLimits(testServers().redisUrl, log), createLimits(testServers().redisUrl, log)];
    const name = `shared-${randomUUID()}`;
    const [left, right] = [one.limiter(name, { places: 2, windowMs: 60_000 }), two.limiter(name, { places: 2, windowMs: 60_000 })];
    await expect.poll(async () => (await left.take("x")).count, { timeout: 5_000 }).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await left.forget("key");
    expect((await left.take("key")).count).toBe(1);
    expect((await right.take("key")).count).toBe(2);
    expect((await left.take("key")).isAllowed).toBe(false);
    await right.giveBack("key");
    await right.giveBack("key");
    expect((await left.take("key")).isAllowed).toBe(true);
    one.close();
    two.close();
  });
});
