import type { z } from "zod";

/**
 * The lanes are separate queues, so that a flood in one never delays another. A short lock with a short stalled interval brings a killed
 * HIGH job back in about 10 s; CPU-bound lanes need the longer pair, because a busy event loop renews its lock late.
 */
export const LANES = {
  notify: { concurrency: 8, lockMs: 10_000, stalledIntervalMs: 5_000 },
  "mail-high": { concurrency: 4, lockMs: 10_000, stalledIntervalMs: 5_000 },
  "media-fast": { concurrency: 1, lockMs: 30_000, stalledIntervalMs: 5_000 },
  // Enough that the clocks of every few seconds are heard while two that take minutes ring at midnight.
  tick: { concurrency: 4, lockMs: 10_000, stalledIntervalMs: 5_000 },
  maintenance: { concurrency: 1, lockMs: 60_000, stalledIntervalMs: 30_000 },
  // Long work that people wait for; one at a time, so that it leaves the machine to what is quick.
  export: { concurrency: 1, lockMs: 60_000, stalledIntervalMs: 30_000 },
  // One directory at a time: reading one is long, and what it writes is much.
  directory: { concurrency: 1, lockMs: 30_000, stalledIntervalMs: 10_000 },
  canary: { concurrency: 1, lockMs: 10_000, stalledIntervalMs: 5_000 },
} as const;
export type Lane = keyof typeof LANES;

export type JobDef<Name extends string = string, Input extends z.ZodType = z.ZodType> = {
  readonly name: Name;
  /** Raised when the input changes its shape; inputs of the version before must still parse. */
  readonly version: number;
  readonly queue: Lane;
  readonly input: Input;
  readonly attempts: number;
  /** How often the job may be started at all: a job that kills its process must not restart for ever. */
  readonly maxStarted: number;
  readonly backoffMs: number;
  readonly timeoutMs: number;
  /** It commits step by step, and each step finds what was done before: its transactions are not told from repetitions. */
  readonly isStepwise?: true;
  /** Two unfinished jobs of one name and key are one job. */
  readonly dedupeKey?: (input: z.infer<Input>) => string;
};

/** Declares work that a module can ask for; `<module>.<kebab-imperative>`. */
export const defineJob = <const Name extends string, Input extends z.ZodType>(job: JobDef<Name, Input>): JobDef<Name, Input> => job;
