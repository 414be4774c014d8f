import { handle } from "@maru/api/reactions";
import { defineJob } from "@maru/platform/jobs";
import { sql } from "kysely";
import { z } from "zod";

/** Forgets what is only needed for a while: bookkeeping of the outbox, of schedules, of commands, and sessions that ended long ago. */
export const purgeFinished = defineJob({
  name: "worker.purge-finished",
  version: 1,
  queue: "tick",
  input: z.object({}),
  attempts: 1,
  maxStarted: 3,
  backoffMs: 0,
  timeoutMs: 120_000,
});

const BATCH = 5_000;

// Each takes a batch at most, so that nothing is locked for long. Dead work stays: somebody shall look at it.
const PURGES = [
  sql`DELETE FROM idempotency_key WHERE ctid IN (SELECT ctid FROM idempotency_key WHERE created_at < now() - interval '24 hours' LIMIT ${sql.lit(BATCH)})`,
  sql`DELETE FROM work WHERE ctid IN (
    SELECT ctid FROM work WHERE state = 'DONE' AND finished_at < now() - interval '7 days' LIMIT ${sql.lit(BATCH)})`,
  // As long as work may come once more, the mark that it was done must stand.
  sql`DELETE FROM processed_work WHERE ctid IN (
    SELECT p.ctid FROM processed_work p WHERE p.processed_at < now() - interval '7 days'
    AND NOT EXISTS (SELECT 1 FROM work w WHERE w.id = p.work_id AND w.state = 'PENDING') LIMIT ${sql.lit(BATCH)})`,
  sql`DELETE FROM schedule_run WHERE ctid IN (SELECT ctid FROM schedule_run WHERE slot < now() - interval '3 days' LIMIT ${sql.lit(BATCH)})`,
  sql`DELETE FROM session WHERE ctid IN (
    SELECT ctid FROM session WHERE least(ended_at, expires_at) < now() - interval '30 days' LIMIT ${sql.lit(BATCH)})`,
];

/** The worker's own jobs, which belong to no module: they are about its bookkeeping. */
export const housekeeping = {
  "worker.purge-finished": handle(purgeFinished, async (ctx, _input, signal) => {
    for (const purge of PURGES) {
      let removed = BATCH;
      while (removed >= BATCH) {
        signal.throwIfAborted();
        const { numAffectedRows = 0n } = await purge.execute(ctx.sql);
        removed = Number(numAffectedRows);
      }
    }
  }),
};
