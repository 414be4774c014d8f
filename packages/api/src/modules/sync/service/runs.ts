import { newId } from "@maru/platform/crypto/id";
import { sql as raw } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import { type ApproveRunInput, type RunView, type StartRunInput, syncErrors, UNDER_WAY } from "../contract";
import { runSource } from "../jobs";
import { countHeld, getRun, getSource, type SourceRow, scopeOf } from "../queries";
import { endRun } from "./run-notes";

const RUN = "sync.run";

/** Of two who ask at once, the second one is told of the first one's run. */
export const lockSource = async (tx: TxCtx, id: string): Promise<SourceRow> => {
  await raw`SELECT 1 FROM sync_source WHERE id = ${id}::uuid FOR UPDATE`.execute(tx.sql);
  const source = await tx.db.syncSource.findUnique({ where: { id } });
  if (!source) throw syncErrors.sourceNotFound();
  return source;
};

const refuseSecond = async (tx: TxCtx, sourceId: string): Promise<void> => {
  const other = await tx.db.syncRun.findFirst({ where: { sourceId, state: { in: [...UNDER_WAY] } }, select: { id: true } });
  if (other) throw syncErrors.runUnderWay({ runId: other.id });
};

// Its plan is older than what is read now: whoever approved it would approve what may not be true any more.
const supersede = async (tx: TxCtx, sourceId: string): Promise<void> => {
  for (const run of await tx.db.syncRun.findMany({ where: { sourceId, state: "WAITING_APPROVAL" } }))
    await endRun(tx, run, { state: "CANCELLED", failure: "superseded" });
};

type Asked = {
  readonly isFull: boolean;
  readonly isDryRun: boolean;
  readonly isUndo?: boolean;
  readonly requestedById: string | null;
};

/** A run that is asked for; it is the worker's from the commit on. `requestedById` is null for the schedule. */
export const queueRun = async (
  tx: TxCtx,
  sourceId: string,
  { isFull, isDryRun, isUndo = false, requestedById }: Asked,
): Promise<string> => {
  const source = await lockSource(tx, sourceId);
  await refuseSecond(tx, sourceId);
  const scope = scopeOf(source);
  // Changes can be read only behind a reading of everything, of the same scope.
  const mustBeFull = (source.usn === null && source.modifyTimestamp === null) || source.seenScope !== scope;
  const id = newId();
  if ((isFull || mustBeFull) && !isDryRun) await supersede(tx, sourceId);
  await tx.db.syncRun.create({
    data: { id, sourceId, isFull: isFull || mustBeFull, isDryRun, isUndo, requestedById, requestedAt: tx.now(), scope },
  });
  tx.enqueue(runSource, { runId: id });
  tx.record({ action: "sync.run.start", subjectType: RUN, subjectId: id, details: { sourceId, isFull: isFull || mustBeFull, isDryRun } });
  return id;
};

const firstSourceId = async (tx: TxCtx): Promise<string> => {
  const source = await tx.db.syncSource.findFirst({ where: { kind: { not: "FILE" } }, orderBy: { id: "asc" }, select: { id: true } });
  if (!source) throw syncErrors.sourceNotFound();
  return source.id;
};

/** Asks for a run of a source, or of the first one: a preview unless it says otherwise. */
export const startRun = (ctx: Ctx, { sourceId, isDryRun, isFull }: StartRunInput): Promise<RunView> =>
  ctx.tx(async (tx) => {
    const source = await getSource(tx, sourceId ?? (await firstSourceId(tx)));
    if (source.kind === "FILE") throw syncErrors.sourceHasNoServer();
    const id = await queueRun(tx, source.id, { isFull, isDryRun, requestedById: tx.actor.id });
    return getRun(tx, id);
  });

// Whoever decides about a run waits for whoever else does.
const lockRun = async (tx: TxCtx, id: string) => {
  await raw`SELECT 1 FROM sync_run WHERE id = ${id}::uuid FOR UPDATE`.execute(tx.sql);
  const run = await tx.db.syncRun.findUnique({ where: { id } });
  if (!run) throw syncErrors.runNotFound();
  return run;
};

/** Lets a held run go on with everything that waits. Whoever approves has typed how much that is. */
export const approveRun = (ctx: Ctx, { id, count }: ApproveRunInput): Promise<RunView> =>
  ctx.tx(async (tx) => {
    const { sourceId } = await getRun(tx, id);
    await lockSource(tx, sourceId);
    const run = await lockRun(tx, id);
    if (run.state !== "WAITING_APPROVAL") throw syncErrors.notWaiting();
    const waiting = (await countHeld(tx, [id])).get(id) ?? 0;
    if (waiting !== count) throw syncErrors.countWrong();
    await refuseSecond(tx, sourceId);
    await tx.db.syncRunItem.updateMany({ where: { runId: id, isHeld: true }, data: { isHeld: false } });
    const approved = { approvedById: tx.actor.id, approvedAt: tx.now() };
    await tx.db.syncRun.update({ where: { id }, data: { state: "APPLYING", finishedAt: null, starts: 0, ...approved } });
    tx.enqueue(runSource, { runId: id });
    tx.record({ action: "sync.run.approve", subjectType: RUN, subjectId: id, details: { sourceId, count } });
    return getRun(tx, id);
  });

/** Ends a run. What it has applied stays; what it had not is not done, and whoever works at it writes nothing any more. */
export const cancelRun = (ctx: Ctx, { id }: { id: string }): Promise<RunView> =>
  ctx.tx(async (tx) => {
    // The lease first, as its worker does.
    await tx.db.syncLease.deleteMany({ where: { runId: id } });
    const run = await lockRun(tx, id);
    if (run.state !== "WAITING_APPROVAL" && !UNDER_WAY.some((state) => state === run.state)) throw syncErrors.runFinished();
    await endRun(tx, run, { state: "CANCELLED" });
    tx.record({ action: "sync.run.cancel", subjectType: RUN, subjectId: id, details: { sourceId: run.sourceId } });
    return getRun(tx, id);
  });
