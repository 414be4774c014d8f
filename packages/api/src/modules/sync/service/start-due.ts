import { isAppError } from "@maru/platform/errors";
import { sql as raw } from "kysely";
import type { Ctx } from "../../../tools";
import { runSource } from "../jobs";
import { nextTimes } from "../timing";
import { forgetTests } from "./live-test";
import { queueRun } from "./runs";

const MOST_AT_ONCE = 20;
/** How long the items of a run can be looked at. */
const KEPT_DAYS = 90;

type Due = { readonly id: string; readonly deltaMinutes: number | null; readonly fullAtMinute: number | null };

/** Begins one run, and says when the next one is. One that is under way is enough: the next time comes all the same. */
const startOne = (ctx: Ctx, source: Due, isFull: boolean): Promise<void> =>
  ctx.tx(async (tx) => {
    const { nextDeltaAt, nextFullAt } = nextTimes(source, tx.now());
    await tx.db.syncSource.update({ where: { id: source.id }, data: isFull ? { nextDeltaAt, nextFullAt } : { nextDeltaAt } });
    await queueRun(tx, source.id, { isFull, isDryRun: false, requestedById: null });
  });

const startAll = async (ctx: Ctx): Promise<void> => {
  const now = ctx.now();
  const due = await ctx.db.syncSource.findMany({
    where: {
      isEnabled: true,
      OR: [{ nextDeltaAt: { lte: now } }, { nextFullAt: { lte: now } }],
      runs: { none: { state: { in: ["QUEUED", "READING", "PLANNED", "APPLYING", "LINKING"] } } },
    },
    take: MOST_AT_ONCE,
  });
  for (const source of due) {
    const isFull = source.nextFullAt !== null && source.nextFullAt <= now;
    await startOne(ctx, source, isFull).catch((error: unknown) => {
      // Somebody has asked for one at the same moment.
      if (!isAppError(error)) throw error;
    });
  }
};

/** Asks again for runs at which nobody works: their job is lost, or its worker is gone for good. */
const askAgain = (ctx: Ctx): Promise<void> =>
  ctx.tx(async (tx) => {
    const { rows } = await raw<{ id: string }>`
      SELECT run.id FROM sync_run run LEFT JOIN sync_lease lease ON lease.source_id = run.source_id AND lease.until > now()
      WHERE run.state IN ('QUEUED', 'READING', 'PLANNED', 'APPLYING', 'LINKING') AND lease.source_id IS NULL LIMIT ${MOST_AT_ONCE}`.execute(
      tx.sql,
    );
    // One that is on its way already is one with this: its key is the run's id.
    for (const { id } of rows) tx.enqueue(runSource, { runId: id });
  });

const forgetItems = async (ctx: Ctx): Promise<void> => {
  const before = new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000);
  await raw`
    DELETE FROM sync_run_item WHERE run_id IN (
      SELECT run.id FROM sync_run run WHERE run.requested_at < ${before}::timestamptz
        AND run.state IN ('DONE', 'FAILED', 'CANCELLED') AND EXISTS (SELECT 1 FROM sync_run_item item WHERE item.run_id = run.id)
      ORDER BY run.requested_at LIMIT 1) RETURNING 1`.execute(ctx.sql);
};

/** What happens to sources by itself, every minute. */
export const startDueRuns = async (ctx: Ctx): Promise<void> => {
  await startAll(ctx);
  await askAgain(ctx);
  await forgetItems(ctx);
  await forgetTests(ctx);
};
