import { once } from "node:events";
import { createServer } from "node:net";
import { createTestDatabase, type TestDatabase } from "@maru/db/testing/database";
import { createLog } from "@maru/platform/log";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BootFailure } from "./boot-checks";
import { createTestParts, leaveMark, MIGRATIONS_FOLDER, somethingHappened, type TestParts, testReactions } from "./testing/test-worker";
import { startWorker, type WorkerOptions } from "./worker";

let parts: TestParts;
let options: WorkerOptions;
const running: Awaited<ReturnType<typeof startWorker>>[] = [];
beforeAll(async () => {
  parts = await createTestParts();
  options = { ...parts.options, port: 0, migrationsFolder: MIGRATIONS_FOLDER, reactions: testReactions, onWedged: () => {} };
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
});
afterAll(() => parts.stop());

const start = async (changes: Partial<WorkerOptions> = {}) => {
  const worker = await startWorker({ ...options, ...changes });
  running.push(worker);
  return worker;
};
const marks = (pattern: RegExp) => parts.marks().then((all) => all.filter((mark) => pattern.test(mark)));
const until = (condition: () => Promise<boolean>, withinMs = 10_000) =>
  expect.poll(condition, { timeout: withinMs, interval: 50 }).toBe(true);

describe("a running worker", () => {
  it("does what transactions have caused, within a second", async () => {
    await start();
    const cause = (key: string) =>
      parts.contextFor("r").tx(async (tx) => {
        tx.emit(somethingHappened, { key });
        tx.enqueue(leaveMark, { key });
      });
    // The first one pays for everything that is loaded when it is first used.
    await cause("first");
    await until(async () => (await marks(/(^| )first$/)).length === 3);
    const began = Date.now();
    await cause("alive");
    await until(async () => (await marks(/alive/)).length === 3);
    expect(Date.now() - began).toBeLessThan(1_000);
  });

  it("does each piece once when two workers share the lanes", async () => {
    await Promise.all([start(), start()]);
    const keys = Array.from({ length: 100 }, (_, index) => `shared-${index}`);
    for (const key of keys) await parts.contextFor("r").tx(async (tx) => tx.emit(somethingHappened, { key }));
    await until(async () => (await marks(/shared/)).length >= 200);
    expect(new Set(await marks(/shared/)).size).toBe(200);
    expect((await marks(/shared/)).length).toBe(200);
  });

  it("does the neighbours of a poison job, which ends among the dead letters", async () => {
    await start();
    await parts.pool.query(`INSERT INTO outbox (id, kind, name, payload) VALUES
      (gen_random_uuid(), 'JOB', 'test.fail-always', '{"key":"poisoned"}'), (gen_random_uuid(), 'JOB', 'test.leave-mark', '{"key":"neighbour"}')`);
    await until(async () => (await marks(/neighbour/)).length === 1);
    await until(async () => (await parts.work()).some(({ state, payload }) => state === "DEAD" && payload.key === "poisoned"));
  });

  it("has everything back after Redis has lost its data", async () => {
    // Nobody takes jobs while 50 are queued and lost.
    for (let index = 0; index < 50; index += 1) {
      await parts.contextFor("r").tx(async (tx) => tx.enqueue(leaveMark, { key: `lost-${String(index).padStart(2, "0")}` }));
    }
    const { relayBatch } = await import("./relay");
    await relayBatch(parts.relay);
    await parts.redis.redis.flushdb();
    expect(await parts.lanes.countWaiting("notify")).toBe(0);
    await parts.pool.query("UPDATE work SET queued_at = queued_at - interval '31 seconds' WHERE state = 'PENDING'");
    await start();
    await until(async () => (await marks(/lost/)).length === 50);
    expect(new Set(await marks(/lost/)).size).toBe(50);
  });

  it("answers its probes and tells its figures", async () => {
    const { port } = await start();
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await ask("/livez")).status).toBe(200);
    expect((await ask("/readyz")).status).toBe(200);
    expect((await ask("/else")).status).toBe(404);
    expect(await (await ask("/metrics")).text()).toContain("maru_database_up");
  });

  it("finishes what it has begun before it stops", async () => {
    const worker = await start();
    for (let index = 0; index < 30; index += 1)
      await parts.contextFor("r").tx(async (tx) => tx.enqueue(leaveMark, { key: `stopping-${index}` }));
    running.length = 0;
    await worker.stop();
    const { rows } = await parts.pool.query("SELECT count(*)::int AS count FROM work WHERE state = 'PENDING' AND started > 0");
    expect(rows[0].count).toBe(0);
    await start();
    await until(async () => (await marks(/stopping/)).length === 30);
  });
});

describe("boot", () => {
  const reasonsOf = async (changes: Partial<WorkerOptions>): Promise<readonly string[]> => {
    try {
      await start(changes);
      return [];
    } catch (error) {
      if (error instanceof BootFailure) return error.reasons;
      throw error;
    }
  };
  let empty: TestDatabase;
  beforeAll(async () => {
    empty = await createTestDatabase({ migrated: false });
  });
  afterAll(() => empty.drop());

  it("fails on a job without a handler", async () => {
    expect(await reasonsOf({ reactions: { ...testReactions, handlers: {} } })).toContain("job test.leave-mark has no handler");
  });

  it("fails on a database that was never migrated", async () => {
    expect(await reasonsOf({ databaseUrl: empty.url })).toEqual(["the database was never migrated: run prepare.js first"]);
  });

  it("fails on a database behind the build, and on one ahead of it", async () => {
    const { pool } = parts;
    const insert = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('test', 'x', '99990101000000_future', now())`;
    await pool.query(insert);
    expect(await reasonsOf({})).toEqual([expect.stringContaining("ahead of this build")]);
    await pool.query("DELETE FROM _prisma_migrations WHERE id = 'test'");
    const { rows } = await pool.query("SELECT * FROM _prisma_migrations ORDER BY migration_name DESC LIMIT 1");
    await pool.query("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = $1", [rows[0].id]);
    expect(await reasonsOf({})).toEqual([expect.stringContaining(`this build needs ${rows[0].migration_name}`)]);
    await pool.query("UPDATE _prisma_migrations SET rolled_back_at = NULL WHERE id = $1", [rows[0].id]);
  });

  it("fails on a Redis that may evict or is too old", async () => {
    const info = "redis_version:6.0.16\r\nmaxmemory_policy:allkeys-lru\r\n";
    // Speaks just enough of the protocol to say what it is.
    const old = createServer((socket) => {
      socket
        .on("error", () => {})
        .on("data", (chunk) => {
          const commands = chunk.toString().match(/\*\d+\r\n/g)?.length ?? 1;
          for (let index = 0; index < commands; index += 1) socket.write(`$${info.length}\r\n${info}\r\n`);
        });
    }).listen(0, "127.0.0.1");
    await once(old, "listening");
    const address = old.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const reasons = await reasonsOf({ redisUrl: `redis://127.0.0.1:${port}`, log: createLog({ service: "test", level: "silent" }) });
    expect(reasons).toEqual([expect.stringContaining("version 6.0.16"), expect.stringContaining("allkeys-lru")]);
    old.close();
  });
});
