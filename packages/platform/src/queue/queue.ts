import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { LANES, type Lane } from "../jobs/jobs";
import type { Log } from "../log/log";
import { openProducerConnection } from "./redis-connection";

/** Under which keys the queues stand in Redis. */
export const QUEUE_PREFIX = "maru";
/** A Redis stream of every event, for systems outside Maru that want to listen. Nothing inside depends on it. */
export const EVENT_STREAM = "maru:events";
const EVENT_STREAM_LENGTH = 10_000;

/** How long finished jobs stay visible. Whether they are done is remembered elsewhere, so that losing these loses nothing. */
export const RETENTION = { removeOnComplete: { age: 3_600, count: 1_000 }, removeOnFail: { age: 7 * 24 * 3_600, count: 5_000 } } as const;

/** A job carries ids only; what it shall do stands in the database under its id. */
export type QueuedJob = {
  /** A UUID: BullMQ refuses `:` and ids of digits alone, and drops one that exists already. */
  readonly id: string;
  readonly name: string;
  readonly attempts: number;
  readonly backoffMs: number;
};

export type StreamedEvent = { readonly id: string; readonly name: string; readonly payload: unknown; readonly at: Date };

/** The producer's side of the lanes. Nothing here waits for Redis longer than its command timeout; `false` says that it did not happen. */
export type Lanes = {
  add(lane: Lane, jobs: readonly QueuedJob[]): Promise<boolean>;
  /** Adds what may have been lost: a job that still waits or runs stays as it is, a finished leftover of the same id makes place. */
  addAgain(lane: Lane, jobs: readonly QueuedJob[]): Promise<boolean>;
  /** Sets the alarm clocks of a lane to exactly these. */
  setSchedules(lane: Lane, schedules: readonly { readonly id: string; readonly everyMs: number }[]): Promise<boolean>;
  /** Adds one run of a schedule now, whatever its alarm clock says. */
  addTick(lane: Lane, scheduleId: string): Promise<boolean>;
  /** How many jobs wait in a lane; null while Redis does not answer. */
  countWaiting(lane: Lane): Promise<number | null>;
  append(events: readonly StreamedEvent[]): Promise<boolean>;
  isConnected(): boolean;
  onConnected(listener: () => void): void;
  close(): Promise<void>;
};

const optionsOf = (job: QueuedJob) => ({
  jobId: job.id,
  attempts: job.attempts,
  backoff: { type: "exponential", delay: job.backoffMs, jitter: 0.5 },
  ...RETENTION,
});
const FINISHED = new Set(["completed", "failed"]);

const addAgainTo = async (queue: Queue, job: QueuedJob): Promise<void> => {
  const state = await queue.getJobState(job.id);
  if (state !== "unknown" && !FINISHED.has(state)) return;
  if (state !== "unknown") await queue.remove(job.id);
  await queue.add(job.name, {}, optionsOf(job));
};

const setSchedulesOf = async (queue: Queue, schedules: readonly { id: string; everyMs: number }[]): Promise<void> => {
  const wanted = new Set(schedules.map(({ id }) => id));
  const standing = await queue.getJobSchedulers(0, 199);
  for (const { key } of standing) if (!wanted.has(key)) await queue.removeJobScheduler(key);
  for (const { id, everyMs } of schedules) {
    if (standing.some((scheduler) => scheduler.key === id && scheduler.every === everyMs)) continue;
    await queue.upsertJobScheduler(id, { every: everyMs }, { name: id, opts: { attempts: 1, ...RETENTION } });
  }
};

const appendTo = async (connection: Redis, events: readonly StreamedEvent[]): Promise<void> => {
  const pipeline = connection.pipeline();
  for (const { id, name, payload, at } of events) {
    const fields = ["id", id, "name", name, "payload", JSON.stringify(payload), "at", at.toISOString()];
    pipeline.xadd(EVENT_STREAM, "MAXLEN", "~", EVENT_STREAM_LENGTH, "*", ...fields);
  }
  await pipeline.exec();
};

/** Opens the producer's side of the lanes on one connection of its own. */
export const openLanes = (redisUrl: string, log: Log): Lanes => {
  const connection = openProducerConnection(redisUrl, log);
  // Without these three BullMQ waits for the connection before each command, for ever when Redis was down at this moment (versions are checked at boot).
  const settings = { connection, prefix: QUEUE_PREFIX, skipVersionCheck: true, skipWaitingForReady: true, skipMetasUpdate: true };
  const queues = new Map(Object.keys(LANES).map((lane) => [lane, new Queue(lane, settings)]));
  for (const queue of queues.values()) queue.on("error", (error) => log.debug({ err: error.message }, "a queue reported an error"));

  const attempt = async (what: string, work: () => Promise<unknown>): Promise<boolean> => {
    if (connection.status !== "ready") return false;
    try {
      await work();
      return true;
    } catch (error) {
      log.warn({ err: (error as Error).message }, `redis did not take ${what}`);
      return false;
    }
  };
  const queueOf = (lane: Lane): Queue => {
    const queue = queues.get(lane);
    if (!queue) throw new Error(`there is no lane ${lane}`);
    return queue;
  };

  return {
    add: (lane, jobs) =>
      attempt("jobs", () => queueOf(lane).addBulk(jobs.map((job) => ({ name: job.name, data: {}, opts: optionsOf(job) })))),
    addAgain: (lane, jobs) => attempt("jobs", () => Promise.all(jobs.map((job) => addAgainTo(queueOf(lane), job)))),
    setSchedules: (lane, schedules) => attempt("schedules", () => setSchedulesOf(queueOf(lane), schedules)),
    addTick: (lane, scheduleId) => attempt("a tick", () => queueOf(lane).add(scheduleId, {}, { attempts: 1, ...RETENTION })),
    countWaiting: async (lane) => {
      let count: number | null = null;
      await attempt("a question", async () => {
        count = await queueOf(lane).getWaitingCount();
      });
      return count;
    },
    append: (events) => attempt("events", () => appendTo(connection, events)),
    isConnected: () => connection.status === "ready",
    onConnected: (listener) => void connection.on("ready", listener),
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      connection.disconnect();
    },
  };
};
