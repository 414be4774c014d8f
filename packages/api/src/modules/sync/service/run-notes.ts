import type { Prisma } from "@maru/db/client";
import type { Ctx, TxCtx } from "../../../tools";
import type { PhaseName } from "../contract";
import type { Lease } from "./lease";

/** Says that a run has gone on; the message is its id. */
export const SYNC_HINT = "sync";

/** Wakes whoever looks at a run. */
export const tellProgress = (tx: TxCtx, runId: string): void => tx.hint(SYNC_HINT, runId);

const NOTED_EVERY_MS = 1_000;

type Worked<Result> = { readonly result: Result; readonly count: number };

/** Does a part of a run and notes how long it took and how much it was; what `seen` is told stands on the page meanwhile. */
export const notePhase = async <Result>(
  ctx: Ctx,
  { runId }: Lease,
  name: PhaseName,
  work: (seen: (count: number) => void) => Promise<Worked<Result>>,
): Promise<Result> => {
  const startedAt = performance.now();
  let notedAt = startedAt;
  const seen = (done: number): void => {
    if (performance.now() - notedAt < NOTED_EVERY_MS) return;
    notedAt = performance.now();
    // Only for whoever looks: one that is lost is made good by the next.
    ctx.db.syncRun
      .updateMany({ where: { id: runId, state: "READING" }, data: { done, total: 0 } })
      .then(() => ctx.tools.hints.publish(SYNC_HINT, runId))
      .catch((error: unknown) => ctx.log.warn({ err: error }, "progress was not noted"));
  };
  const { result, count } = await work(seen);
  const phase = { name, ms: Math.round(performance.now() - startedAt), count };
  const { phases } = await ctx.db.syncRun.findUniqueOrThrow({ where: { id: runId }, select: { phases: true } });
  await ctx.db.syncRun.update({ where: { id: runId }, data: { phases: [...(phases as Prisma.JsonArray), phase] } });
  ctx.tools.hints.publish(SYNC_HINT, runId);
  return result;
};

type End = {
  readonly state: "DONE" | "WAITING_APPROVAL" | "FAILED" | "CANCELLED";
  readonly failure?: string;
  readonly failureDetail?: string | null;
};

/** Writes how a run came to its end, and puts it on record. */
export const endRun = async (
  tx: TxCtx,
  run: { readonly id: string; readonly sourceId: string; readonly isDryRun: boolean },
  end: End,
): Promise<void> => {
  const { counts } = await tx.db.syncRun.update({
    where: { id: run.id },
    data: { ...end, finishedAt: tx.now() },
    select: { counts: true },
  });
  const details = { sourceId: run.sourceId, isDryRun: run.isDryRun, state: end.state, failure: end.failure ?? null, counts };
  tx.record({ action: "sync.run.finish", subjectType: "sync.run", subjectId: run.id, details });
  tellProgress(tx, run.id);
};
