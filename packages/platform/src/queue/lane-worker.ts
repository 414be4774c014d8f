import { type Job, UnrecoverableError, WaitingError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Log } from "../log/log";
import { QUEUE_PREFIX, RETENTION } from "./queue";

/** Thrown by a processor: the job goes to the dead ones, whatever attempts it has left. */
export class DeadJob extends Error {}
/** Thrown by a processor that is being stopped: the job goes back to the head of its lane and no attempt is counted. */
export class PutBack extends Error {}

/** What every worker must be told. A number that is missing here is a default of BullMQ that was measured to be wrong for us. */
export type LaneSettings = {
  readonly concurrency: number;
  readonly lockMs: number;
  readonly stalledIntervalMs: number;
  /** How often a job may be begun at all: without it one that kills its process restarts for ever. */
  readonly maxStarted: number;
};

export type TakenJob = { readonly id: string; readonly name: string };

export type LaneWorker = {
  /** Fetches nothing more; what runs goes on. */
  pause(): Promise<void>;
  resume(): void;
  /** Waits for what runs, at most this long, then lets go of it: its lock runs out and another worker takes it. */
  close(drainMs: number): Promise<void>;
};

/** The problems of a lane's settings, each as a sentence; boot fails on any. */
export const findLaneFaults = (lane: string, settings: Partial<LaneSettings>): string[] => {
  const faults: string[] = [];
  for (const key of ["concurrency", "lockMs", "stalledIntervalMs", "maxStarted"] as const) {
    const value = settings[key];
    if (value === undefined || !Number.isInteger(value) || value < 1) faults.push(`lane ${lane} has no ${key}`);
  }
  if ((settings.stalledIntervalMs ?? 0) > (settings.lockMs ?? 0))
    faults.push(`lane ${lane} looks for stalled jobs less often than locks run out`);
  return faults;
};

const takeJob = async (job: Job, token: string | undefined, process: (job: TakenJob) => Promise<void>): Promise<void> => {
  try {
    await process({ id: job.id ?? "", name: job.name });
  } catch (error) {
    if (error instanceof DeadJob) throw new UnrecoverableError(error.message);
    if (!(error instanceof PutBack)) throw error;
    await job.moveToWait(token);
    throw new WaitingError();
  }
};

/** Starts to take the jobs of one lane. `queueName` is the lane, or a queue of this process alone. */
export const startLaneWorker = (
  queueName: string,
  settings: LaneSettings,
  options: { connection: Redis; log: Log; process: (job: TakenJob) => Promise<void> },
): LaneWorker => {
  const worker = new Worker(queueName, (job, token) => takeJob(job, token, options.process), {
    connection: options.connection,
    prefix: QUEUE_PREFIX,
    concurrency: settings.concurrency,
    lockDuration: settings.lockMs,
    stalledInterval: settings.stalledIntervalMs,
    maxStartedAttempts: settings.maxStarted,
    // A stalled job was begun; how often it may be is counted there, and once more in the database.
    maxStalledCount: settings.maxStarted,
    // After an error of Redis itself the lane tries again soon.
    runRetryDelay: 1_000,
    ...RETENTION,
  });
  worker.on("error", (error) => options.log.debug({ lane: queueName, err: error.message }, "a lane reported an error"));
  worker.on("stalled", (jobId) => options.log.warn({ lane: queueName, jobId }, "a job had lost its worker and is given to another"));
  return {
    pause: () => worker.pause(true),
    resume: () => void worker.resume(),
    close: async (drainMs) => {
      let timer: NodeJS.Timeout | undefined;
      const isDrained = await Promise.race([
        worker.close().then(() => true),
        new Promise<false>((resolve) => {
          timer = setTimeout(() => resolve(false), drainMs);
        }),
      ]);
      clearTimeout(timer);
      if (!isDrained) await worker.disconnect();
    },
  };
};
