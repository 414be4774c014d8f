import type { Maru } from "@maru/api";
import { isDatabaseDown } from "@maru/db/client";
import { type Actor, AlreadyDone, SYSTEM_ACTOR_ID } from "@maru/db/context";
import type { Log } from "@maru/platform/log";
import { DeadJob, PutBack, type TakenJob } from "@maru/platform/queue/lane-worker";
import type { WorkerTelemetry } from "@maru/platform/telemetry";
import type { DatabaseGate } from "./database-gate";
import { limitsOf, type Reaction, type Registry } from "./registry";
import { withTimeLimit } from "./time-limit";
import { beginWork, buryWork, failWork, finishWork, giveBack, type Work } from "./work-store";

/** What jobs and reactions act as: allowed what their code says, owner of nothing. */
export const SYSTEM_ACTOR: Actor = {
  id: SYSTEM_ACTOR_ID,
  accountId: null,
  sessionId: null,
  permissions: new Set(),
  departmentIds: [],
  managedDepartmentIds: [],
};

const MAX_ERROR_LENGTH = 1_000;
export const describeError = (error: unknown): string =>
  String(error instanceof Error ? `${error.name}: ${error.message}` : error).slice(0, MAX_ERROR_LENGTH);

type ExecutorOptions = {
  readonly maru: Maru;
  readonly registry: Registry;
  readonly gate: DatabaseGate;
  readonly telemetry: WorkerTelemetry;
  /** The process ends: nothing new is begun, and nobody waits for the database any more. */
  readonly stopping: AbortSignal;
  /** The time to drain is over: what still runs is cancelled. */
  readonly cancelling: AbortSignal;
};

type Outcome = "done" | "already-done" | "retry" | "dead" | "put-back";

/** The context of one piece of work: its one transaction is marked with the work's id, so that a second delivery changes nothing. */
const contextOf = (maru: Maru, work: Work, reaction: Reaction, log: Log) => {
  const request = { actor: SYSTEM_ACTOR, requestId: work.request_id ?? work.id, log };
  const ctx = maru.contextFor(request);
  // Maintenance repeats until nothing is left, a transaction a batch, and is harmless when it runs twice.
  if (reaction.kind === "job" && (reaction.handler.job.queue === "tick" || reaction.handler.job.isStepwise)) return ctx;
  let hasCommitted = false;
  const tx: typeof ctx.tx = async (body) => {
    if (hasCommitted) throw new Error(`${work.consumer} opened a second transaction: only the first could be told from a repetition`);
    const result = await maru.contextFor({ ...request, once: { kind: "work", workId: work.id } }).tx(body);
    hasCommitted = true;
    return result;
  };
  return { ...ctx, tx };
};

/** Parses before anything runs: what does not parse now never will. */
const bind = (
  maru: Maru,
  work: Work,
  reaction: Reaction,
  log: Log,
): { fault: string } | { run: (signal: AbortSignal) => Promise<void> } => {
  const schema = reaction.kind === "job" ? reaction.handler.job.input : reaction.subscription.event.payload;
  const parsed = schema.safeParse(work.payload);
  if (!parsed.success) return { fault: `invalid input: ${parsed.error.message}` };
  const ctx = contextOf(maru, work, reaction, log);
  if (reaction.kind === "job") return { run: (signal) => reaction.handler.run(ctx, parsed.data, signal) };
  const occurrence = {
    id: work.source_id,
    payload: parsed.data,
    actorId: work.actor_id === SYSTEM_ACTOR_ID ? null : work.actor_id,
    occurredAt: work.created_at,
  };
  return { run: (signal) => reaction.subscription.react(ctx, occurrence, signal) };
};

type Settled = { readonly outcome: Outcome; readonly answer?: Error };

const bury = async ({ maru }: ExecutorOptions, work: Work, reason: string): Promise<DeadJob> => {
  await buryWork(maru.database.pool, work.id, reason.slice(0, MAX_ERROR_LENGTH));
  return new DeadJob(reason);
};

/** Decides what a failure means, and what BullMQ shall hear of it. */
const settle = async (options: ExecutorOptions, work: Work, reaction: Reaction, error: unknown): Promise<Settled> => {
  const { pool } = options.maru.database;
  if (error instanceof AlreadyDone) {
    await finishWork(pool, work.id);
    return { outcome: "already-done" };
  }
  if (options.cancelling.aborted) {
    await giveBack(pool, work.id);
    return { outcome: "put-back", answer: new PutBack() };
  }
  const { attempts, backoffMs } = limitsOf(reaction);
  const failures = await failWork(pool, work.id, describeError(error), backoffMs);
  if (failures >= attempts) return { outcome: "dead", answer: await bury(options, work, describeError(error)) };
  return { outcome: "retry", answer: error instanceof Error ? error : new Error(describeError(error)) };
};

/** Runs it and remembers how that ended. An outage of the database is no end: it is thrown on, and the work is begun again afterwards. */
const runAndSettle = async (
  options: ExecutorOptions,
  work: Work,
  reaction: Reaction,
  run: (signal: AbortSignal) => Promise<void>,
): Promise<Settled> => {
  try {
    await withTimeLimit(run, limitsOf(reaction).timeoutMs, options.cancelling);
    await finishWork(options.maru.database.pool, work.id);
    return { outcome: "done" };
  } catch (error) {
    if (isDatabaseDown(error) && (await options.gate.suspect())) throw error;
    return settle(options, work, reaction, error);
  }
};

const perform = async (options: ExecutorOptions, work: Work): Promise<void> => {
  const { maru, registry, telemetry } = options;
  const log = maru.log.child({ requestId: work.request_id ?? work.id, workId: work.id, consumer: work.consumer, cause: work.name });
  const refuse = async (reason: string): Promise<DeadJob> => {
    log.error({ reason }, "a dead letter");
    return bury(options, work, reason);
  };
  const reaction = registry.findReaction(work);
  if (!reaction) throw await refuse(`nobody in this build does ${work.consumer}`);
  const { maxStarted } = limitsOf(reaction);
  // It ended its process each time.
  if (work.started > maxStarted) throw await refuse(`begun ${maxStarted} times and never ended`);
  const bound = bind(maru, work, reaction, log);
  if ("fault" in bound) throw await refuse(bound.fault);
  const began = performance.now();
  const { outcome, answer } = await runAndSettle(options, work, reaction, bound.run);
  const durationMs = Math.round(performance.now() - began);
  telemetry.jobSeconds.observe({ consumer: work.consumer, outcome }, durationMs / 1_000);
  const level = outcome === "dead" ? "error" : outcome === "retry" ? "warn" : "info";
  const waitedMs = Date.now() - work.created_at.getTime() - durationMs;
  log[level]({ outcome, attempt: work.attempt + 1, durationMs, waitedMs, ...(answer ? { err: answer } : {}) }, "job");
  if (answer) throw answer;
};

/**
 * Does what stands in the work rows. BullMQ says when; whether, how often and with what outcome is decided and remembered in PostgreSQL, so
 * that a job which comes twice, too late or from an emptied Redis has no second effect.
 */
export const createExecutor = (options: ExecutorOptions) => {
  const { gate, stopping } = options;
  const { pool } = options.maru.database;
  /** The processor of every lane. While the database is away it waits, with the job in hand and nothing counted. */
  return async ({ id }: TakenJob): Promise<void> => {
    for (let counts = true; ; counts = false) {
      try {
        await gate.whenOpen(stopping);
        const work = await beginWork(pool, id, counts);
        if (work) await perform(options, work);
        return;
      } catch (error) {
        if (stopping.aborted && error === stopping.reason) throw new PutBack();
        if (!isDatabaseDown(error) || !(await gate.suspect())) throw error;
      }
    }
  };
};
export type Executor = ReturnType<typeof createExecutor>;
