import { createBoard } from "@maru/db/testing/factories/board";
import { paragraphs, type RichText } from "@maru/platform/rich-text";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type FaultStack, startFaultStack, until } from "./fault-stack";

// Locks of half a minute have to run out in some of these.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let stack: FaultStack;
let boardId: string;
beforeAll(async () => {
  stack = await startFaultStack();
  boardId = (await createBoard(stack.maru.database.prisma)).id;
});
afterEach(() => stack.endWorkers());
afterAll(() => stack?.stop());

const mentioning = (personId: string): RichText => ({
  type: "doc",
  content: [
    ...(paragraphs("안녕하세요").content ?? []),
    { type: "paragraph", content: [{ type: "mention", attrs: { id: personId, label: "김영희" } }] },
  ],
});
const post = (title: string) =>
  stack.as(stack.people.hong).board.publishPost({ boardId, title, body: mentioning(stack.people.kim.id), attachmentIds: [] });
const titlesTold = async () =>
  (await stack.as(stack.people.kim).notification.listNotifications({ limit: 100 })).items.map(({ title }) => title);

/** What Kim's open browser shows, from now on. */
const watch = async () => {
  const shown: number[] = [];
  const iterator = (await stack.as(stack.people.kim).notification.stream({}))[Symbol.asyncIterator]();
  await iterator.next();
  const reading = (async () => {
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
      const [, item] = step.value as unknown as [string, { type: string; notification?: { seq: number } }];
      if (item.notification) shown.push(item.notification.seq);
    }
  })();
  reading.catch(() => {});
  return shown;
};

describe("Redis", () => {
  it("may be away: posts are written at once, and who is mentioned sees it within 25 s of its return", async () => {
    await stack.startWorker();
    await post("before");
    await until("the first is told", async () => (await titlesTold()).length === 1, 20_000);
    const shown = await watch();
    stack.killRedis();
    await until("redis is gone", async () => stack.redis.status !== "ready", 5_000);
    const began = Date.now();
    for (let index = 0; index < 5; index += 1) await post(`away ${index}`);
    expect(Date.now() - began).toBeLessThan(3_000);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await titlesTold()).toHaveLength(1);
    await stack.startRedis();
    await until("all are told", async () => (await titlesTold()).length === 6, 25_000);
    await until("all are shown", async () => shown.length === 5, 25_000);
    expect(shown).toEqual([2, 3, 4, 5, 6]);
    const { rows } = await stack.maru.database.pool.query(
      "SELECT state, count(*)::int AS count FROM work WHERE name = 'board.post-published' GROUP BY state",
    );
    expect(rows).toEqual([{ state: "DONE", count: 6 }]);
  });

  it("may lose its data at any moment: nothing is lost, nothing comes twice", async () => {
    await stack.startWorker();
    const before = await titlesTold();
    const writing = (async () => {
      for (let index = 0; index < 40; index += 1) await post(`flushed ${index}`);
    })();
    for (let index = 0; index < 6; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await stack.redis.flushall();
    }
    await writing;
    await until("all forty are told", async () => (await titlesTold()).length === before.length + 40, 90_000);
    const told = (await titlesTold()).filter((title) => title.startsWith("flushed"));
    expect(new Set(told).size).toBe(40);
  });
});

describe("PostgreSQL", () => {
  it("may be killed: the worker waits, and goes on by itself with what it owes", async () => {
    const worker = await stack.startWorker();
    const before = (await titlesTold()).length;
    for (let index = 0; index < 10; index += 1) await post(`killed ${index}`);
    stack.killPostgres();
    await until("the worker has noticed", async () => worker.lines.some((line) => line.includes("the database is away")), 15_000);
    expect(worker.isRunning()).toBe(true);
    await stack.startPostgres();
    await until("all are told", async () => (await titlesTold()).length === before + 10, 60_000);
    expect(worker.isRunning()).toBe(true);
    const { rows } = await stack.maru.database.pool.query("SELECT count(*)::int AS count FROM work WHERE state <> 'DONE'");
    expect(rows[0].count).toBe(0);
  });
});

describe("SIGTERM", () => {
  it("ends the worker in order: nothing stalls, nothing is lost", async () => {
    const worker = await stack.startWorker();
    const before = (await titlesTold()).length;
    for (let index = 0; index < 10; index += 1) await post(`stopped ${index}`);
    const began = Date.now();
    worker.kill("SIGTERM");
    await until("the worker has ended", async () => !worker.isRunning(), 25_000);
    expect(Date.now() - began).toBeLessThan(25_000);
    const { rows } = await stack.maru.database.pool.query(
      "SELECT count(*)::int AS count FROM work WHERE state = 'PENDING' AND started > 0",
    );
    expect(rows[0].count).toBe(0);
    await stack.startWorker();
    await until("all are told", async () => (await titlesTold()).length === before + 10, 60_000);
  });
});
