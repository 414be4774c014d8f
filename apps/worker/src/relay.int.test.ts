import { EVENT_STREAM } from "@maru/platform/queue";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { relayBatch } from "./relay";
import {
  CONCERNS_NOBODY,
  createTestParts,
  leaveMark,
  leaveOneMark,
  nobodyListens,
  somethingHappened,
  type TestParts,
} from "./testing/test-worker";

let parts: TestParts;
beforeAll(async () => {
  parts = await createTestParts();
});
afterAll(() => parts.stop());
beforeEach(() => parts.pool.query("TRUNCATE outbox, work, processed_work"));

const emit = (key: string) => parts.contextFor(`request ${key}`).tx(async (tx) => tx.emit(somethingHappened, { key }));
const relayAll = async () => {
  let total = 0;
  for (let taken = 1; taken > 0; total += taken) taken = await relayBatch(parts.relay);
  return total;
};
const outboxCount = async () => (await parts.pool.query("SELECT count(*)::int AS count FROM outbox")).rows[0].count;

describe("the relay", () => {
  it("fans an event out to one piece of work for each subscriber and forgets the outbox row", async () => {
    await emit("a");
    expect(await relayAll()).toBe(1);
    const work = await parts.work();
    expect(work.map(({ consumer }) => consumer).sort()).toEqual(["test.first", "test.second"]);
    for (const row of work)
      expect(row).toMatchObject({ state: "PENDING", name: "test.something-happened", lane: "notify", request_id: "request a" });
    expect(work.every(({ queued_at }) => queued_at !== null)).toBe(true);
    expect(await outboxCount()).toBe(0);
    expect(await parts.lanes.countWaiting("notify")).toBe(2);
  });

  it("never sees what was rolled back", async () => {
    const failing = parts.contextFor("r").tx(async (tx) => {
      tx.emit(somethingHappened, { key: "never" });
      tx.enqueue(leaveMark, { key: "never" });
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await relayAll()).toBe(0);
    expect(await parts.work()).toEqual([]);
  });

  it("does not wait for a transaction that began earlier and commits later", async () => {
    const connection = await parts.pool.connect();
    await connection.query("BEGIN");
    await connection.query(
      `INSERT INTO outbox (id, kind, name, payload, created_at) VALUES (gen_random_uuid(), 'JOB', 'test.leave-mark', '{"key":"slow"}', now() - interval '1 minute')`,
    );
    await emit("quick");
    expect(await relayAll()).toBe(1);
    await connection.query("COMMIT");
    connection.release();
    expect(await relayAll()).toBe(1);
    expect((await parts.work()).map(({ payload }) => payload.key).sort()).toEqual(["quick", "quick", "slow"]);
  });

  it("has no second effect when four of it run at once, in whatever order the rows came", async () => {
    const keys = Array.from({ length: 600 }, (_, index) => `key-${index}`);
    const shuffled = keys.map((key) => ({ key, at: Math.random() })).sort((a, b) => a.at - b.at);
    await parts.pool.query(
      `INSERT INTO outbox (id, kind, name, payload, created_at)
       SELECT gen_random_uuid(), 'EVENT', 'test.something-happened', jsonb_build_object('key', k), now() - make_interval(secs => a)
       FROM unnest($1::text[], $2::float8[]) AS t(k, a)`,
      [shuffled.map(({ key }) => key), shuffled.map(({ at }) => at)],
    );
    const totals = await Promise.all([relayAll(), relayAll(), relayAll(), relayAll()]);
    expect(totals.reduce((sum, total) => sum + total)).toBe(600);
    const work = await parts.work();
    expect(work).toHaveLength(1_200);
    expect(new Set(work.map(({ consumer, payload }) => `${consumer} ${payload.key}`)).size).toBe(1_200);
    expect(await outboxCount()).toBe(0);
  });

  it("owes one job for a key, and the next one once that is done", async () => {
    const ask = () => parts.contextFor("r").tx(async (tx) => tx.enqueue(leaveOneMark, { key: "same" }));
    await Promise.all([ask(), ask(), ask()]);
    await Promise.all([relayAll(), relayAll()]);
    expect(await parts.work()).toHaveLength(1);
    await parts.pool.query("UPDATE work SET state = 'DONE'");
    await ask();
    await relayAll();
    expect(await parts.work()).toHaveLength(2);
  });

  it("keeps what it does not know as a dead letter with its reason, and goes on", async () => {
    await parts.pool.query(`INSERT INTO outbox (id, kind, name, payload) VALUES
      (gen_random_uuid(), 'EVENT', 'test.never-heard-of', '{}'), (gen_random_uuid(), 'JOB', 'test.nobody-can', '{}'),
      (gen_random_uuid(), 'JOB', 'test.leave-mark', '{"key": 7}')`);
    await emit("fine");
    expect(await relayAll()).toBe(4);
    const work = await parts.work();
    const dead = work.filter(({ state }) => state === "DEAD").map(({ error }) => error as string);
    expect(dead.sort()).toEqual([
      expect.stringContaining("invalid input of test.leave-mark"),
      "unknown event test.never-heard-of",
      "unknown job test.nobody-can",
    ]);
    expect(work.filter(({ state }) => state === "PENDING")).toHaveLength(2);
  });

  it("makes no work of an event that concerns none of those who listen, but of one that can't be read", async () => {
    await emit(CONCERNS_NOBODY);
    await parts.pool.query(
      `INSERT INTO outbox (id, kind, name, payload) VALUES (gen_random_uuid(), 'EVENT', 'test.something-happened', '{"key": 7}')`,
    );
    expect(await relayAll()).toBe(2);
    expect((await parts.work()).map(({ payload }) => payload.key)).toEqual([7, 7]);
    expect(await outboxCount()).toBe(0);
  });

  it("lets an event go that nobody listens to, and tells the stream of it", async () => {
    await parts.redis.redis.del(EVENT_STREAM);
    await parts.contextFor("r").tx(async (tx) => tx.emit(nobodyListens, { key: "k" }));
    await relayAll();
    expect(await parts.work()).toEqual([]);
    const [[, fields] = ["", []]] = await parts.redis.redis.xrange(EVENT_STREAM, "-", "+");
    expect(fields).toContain("test.nobody-listens");
    expect(fields).toContain('{"key":"k"}');
  });
});
