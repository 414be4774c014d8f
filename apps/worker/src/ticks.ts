import type { Maru } from "@maru/api";
import { newId } from "@maru/platform/crypto/id";
import type { TakenJob } from "@maru/platform/queue/lane-worker";
import type { WorkerTelemetry } from "@maru/platform/telemetry";
import { describeError, SYSTEM_ACTOR } from "./executor";
import type { Registry } from "./registry";
import type { ScheduleEntry } from "./schedule";
import { withTimeLimit } from "./time-limit";

type Pool = Maru["database"]["pool"];

/** How long after its time limit a run that never ended may be taken over. */
const ABANDONED_AFTER_MS = 30_000;

/**
 * Claims the present slot: null when it is taken. The slot follows from the database's clock alone, so that a worker whose clock is wrong runs
 * nothing early, late or twice. A run that was cut off with its process is taken over.
 */
export const claimSlot = async (pool: Pool, { id, everyMs, job }: ScheduleEntry): Promise<Date | null> => {
  const { rows } = await pool.query<{ slot: Date }>({
    name: "schedule_claim",
    text: `INSERT INTO schedule_run (schedule_id, slot) VALUES ($1, to_timestamp(floor(extract(epoch FROM now()) * 1000 / $2::float8) * $2::float8 / 1000))
           ON CONFLICT (schedule_id, slot) DO UPDATE SET started_at = now()
             WHERE schedule_run.finished_at IS NULL AND schedule_run.started_at < now() - make_interval(secs => $3::float8 / 1000)
           RETURNING slot`,
    values: [id, everyMs, job.timeoutMs + ABANDONED_AFTER_MS],
  });
  return rows[0]?.slot ?? null;
};

const finishSlot = async (pool: Pool, id: string, slot: Date, error: string | null): Promise<void> => {
  await pool.query({
    name: "schedule_finish",
    text: "UPDATE schedule_run SET finished_at = now(), error = $3 WHERE schedule_id = $1 AND slot = $2",
    values: [id, slot, error],
  });
};

/** The schedules whose alarm clock has failed them: no run in the last slots, or one that was begun and never ended. */
export const findOverdue = async (pool: Pool, schedule: readonly ScheduleEntry[]): Promise<string[]> => {
  const { rows } = await pool.query<{ schedule_id: string }>({
    name: "schedule_overdue",
    text: `SELECT e.id AS schedule_id FROM jsonb_to_recordset($1::jsonb) AS e(id text, every_ms float8, limit_ms float8)
           LEFT JOIN LATERAL (SELECT * FROM schedule_run r WHERE r.schedule_id = e.id ORDER BY slot DESC LIMIT 1) last ON true
           WHERE last.slot IS NULL OR last.slot < now() - make_interval(secs => (2 * e.every_ms + $2) / 1000)
              OR (last.finished_at IS NULL AND last.started_at < now() - make_interval(secs => e.limit_ms / 1000))`,
    values: [
      JSON.stringify(schedule.map(({ id, everyMs, job }) => ({ id, every_ms: everyMs, limit_ms: job.timeoutMs + ABANDONED_AFTER_MS }))),
      ABANDONED_AFTER_MS,
    ],
  });
  return rows.map(({ schedule_id }) => schedule_id);
};

type TickOptions = {
  readonly maru: Maru;
  readonly registry: Registry;
  readonly schedule: readonly ScheduleEntry[];
  readonly telemetry: WorkerTelemetry;
  readonly cancelling: AbortSignal;
};

/** The processor of alarm clocks: one run a slot, whoever rings and how often. What fails is tried again in the next slot. */
export const createTicks = ({ maru, registry, schedule, telemetry, cancelling }: TickOptions) => {
  const { pool } = maru.database;
  const entries = new Map(schedule.map((entry) => [entry.id, entry]));

  const run = async (entry: ScheduleEntry): Promise<void> => {
    const slot = await claimSlot(pool, entry);
    const handler = registry.findHandler(entry.job.name);
    if (!slot || !handler) return;
    const requestId = newId();
    const log = maru.log.child({ requestId, schedule: entry.id, slot: slot.toISOString() });
    const began = performance.now();
    let failure: unknown = null;
    try {
      const ctx = maru.contextFor({ actor: SYSTEM_ACTOR, requestId, log });
      await withTimeLimit((signal) => handler.run(ctx, entry.job.input.parse({}), signal), entry.job.timeoutMs, cancelling);
    } catch (error) {
      failure = error;
    }
    await finishSlot(pool, entry.id, slot, failure === null ? null : describeError(failure));
    const durationMs = Math.round(performance.now() - began);
    const outcome = failure === null ? "done" : "failed";
    telemetry.jobSeconds.observe({ consumer: entry.job.name, outcome }, durationMs / 1_000);
    // A tick of every few seconds that went well is no news.
    log[failure === null ? "debug" : "error"]({ outcome, durationMs, ...(failure === null ? {} : { err: failure }) }, "tick");
  };

  return {
    isTick: ({ name }: TakenJob): boolean => entries.has(name),
    run: async ({ name }: TakenJob): Promise<void> => {
      const entry = entries.get(name);
      if (entry) await run(entry);
    },
  };
};
