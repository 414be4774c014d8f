import { createMaru } from "@maru/api";
import { handle, subscribe } from "@maru/api/reactions";
import { createTestDatabase, MIGRATIONS_FOLDER } from "@maru/db/testing/database";
import { testServers } from "@maru/db/testing/env";
import { defineEvent } from "@maru/platform/events";
import { defineJob } from "@maru/platform/jobs";
import { createLog } from "@maru/platform/log";
import { openLanes } from "@maru/platform/queue";
import { createWorkerTelemetry } from "@maru/platform/telemetry";
import { Redis } from "ioredis";
import { z } from "zod";
import { createDatabaseGate } from "../database-gate";
import { createExecutor, SYSTEM_ACTOR } from "../executor";
import { createRegistry, type Reactions } from "../registry";

export { MIGRATIONS_FOLDER };

// Those above are for products that are tested as a whole.
const DATABASES = 10;

/** A Redis database of this test alone: queues have the same names everywhere, and two tests must not take each other's jobs. */
export const takeRedis = async () => {
  const url = new URL(testServers().redisUrl);
  url.pathname = "/0";
  const first = new Redis(url.toString());
  for (let number = 1; ; number = (number % DATABASES) + 1) {
    const lease = `maru-test-redis:${number}`;
    if ((await first.set(lease, process.pid, "EX", 300, "NX")) === null) {
      if (number === DATABASES) await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    url.pathname = `/${number}`;
    const redis = new Redis(url.toString());
    await redis.flushdb();
    const release = async () => {
      await redis.flushdb();
      redis.disconnect();
      await first.del(lease);
      first.disconnect();
    };
    return { url: url.toString(), redis, release };
  }
};

const key = z.object({ key: z.string().max(100) });
const patient = { version: 1, queue: "notify", attempts: 3, maxStarted: 5, backoffMs: 20, timeoutMs: 5_000 } as const;

export const somethingHappened = defineEvent("test.something-happened", key);
export const nobodyListens = defineEvent("test.nobody-listens", key);
export const leaveMark = defineJob({ ...patient, name: "test.leave-mark", input: key });
export const leaveOneMark = defineJob({ ...patient, name: "test.leave-one-mark", input: key, dedupeKey: (input) => input.key });
export const failAlways = defineJob({ ...patient, name: "test.fail-always", input: key });
export const openTwo = defineJob({ ...patient, name: "test.open-two", input: key, attempts: 1 });
export const openTwoSteps = defineJob({ ...patient, name: "test.open-two-steps", input: key, isStepwise: true });
export const hang = defineJob({ ...patient, name: "test.hang", input: key, attempts: 1, timeoutMs: 100 });

/** How often each handler was entered, whatever came of it. */
export const entered: string[] = [];

type MarkingContext = Parameters<Parameters<typeof handle<typeof leaveMark>>[1]>[0];

/** The effect that these tests count: one row in the audit record. */
const mark = (ctx: MarkingContext, subjectId: string) =>
  ctx.tx(async (tx) => tx.record({ action: "test.mark", subjectType: "test", subjectId }));

const handlers = {
  "test.leave-mark": handle(leaveMark, async (ctx, input) => {
    entered.push(input.key);
    await mark(ctx, input.key);
  }),
  "test.leave-one-mark": handle(leaveOneMark, (ctx, input) => mark(ctx, input.key)),
  "test.fail-always": handle(failAlways, async (_ctx, input) => {
    entered.push(input.key);
    throw new Error(`no luck with ${input.key}`);
  }),
  "test.open-two": handle(openTwo, async (ctx, input) => {
    await mark(ctx, `${input.key} first`);
    await mark(ctx, `${input.key} second`);
  }),
  "test.open-two-steps": handle(openTwoSteps, async (ctx, input) => {
    await mark(ctx, `${input.key} first`);
    await mark(ctx, `${input.key} second`);
  }),
  "test.hang": handle(hang, () => new Promise(() => {})),
};

/** An event of this key is of no interest to those who listen. */
export const CONCERNS_NOBODY = "concerns nobody";
export const subscriptions = ["test.first", "test.second"].map((consumer) =>
  subscribe(consumer, somethingHappened, (ctx, { payload }) => mark(ctx, `${consumer} ${payload.key}`), {
    backoffMs: 20,
    concerns: (payload) => payload.key !== CONCERNS_NOBODY,
  }),
);

export const testReactions: Reactions = {
  jobs: [leaveMark, leaveOneMark, failAlways, openTwo, openTwoSteps, hang],
  handlers,
  events: [somethingHappened, nobodyListens],
  subscriptions,
  schedule: [],
};

/** The parts of a worker on servers of its own, without anything that runs by itself. */
export const createTestParts = async () => {
  const database = await createTestDatabase();
  const redis = await takeRedis();
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: "test", level: "debug", destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  const options = { databaseUrl: database.url, redisUrl: redis.url, dataDir: "/nonexistent", secret: "s".repeat(40), poolSize: 8, log };
  const maru = createMaru({ ...options, processName: "test" });
  const lanes = openLanes(redis.url, log);
  await new Promise<void>((resolve) => (lanes.isConnected() ? resolve() : lanes.onConnected(resolve)));
  const registry = createRegistry(testReactions);
  const telemetry = createWorkerTelemetry();
  const gate = createDatabaseGate(() => maru.database.pool.query("SELECT 1"), log);
  const stopping = new AbortController();
  const cancelling = new AbortController();
  const executor = { maru, registry, gate, telemetry, stopping: stopping.signal, cancelling: cancelling.signal };
  const { pool } = maru.database;
  return {
    maru,
    pool,
    lanes,
    redis,
    registry,
    telemetry,
    gate,
    log,
    lines,
    options,
    execute: createExecutor(executor),
    cancelling,
    relay: { database: maru.database, lanes, registry, telemetry, log },
    contextFor: (requestId: string) => maru.contextFor({ actor: SYSTEM_ACTOR, requestId }),
    /** The marks that stand, in order. */
    marks: async (): Promise<string[]> => {
      const { rows } = await pool.query<{ subject_id: string }>(
        "SELECT subject_id FROM audit_entry WHERE action = 'test.mark' ORDER BY subject_id",
      );
      return rows.map(({ subject_id }) => subject_id);
    },
    work: async () => (await pool.query("SELECT * FROM work ORDER BY id")).rows,
    stop: async () => {
      gate.stop();
      await lanes.close();
      await maru.close();
      await redis.release();
      await database.drop();
    },
  };
};
export type TestParts = Awaited<ReturnType<typeof createTestParts>>;
