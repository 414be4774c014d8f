import type { Ctx, TxCtx } from "../../../tools";
import { runFailed, runFinished, runHeld } from "../events";
import type { Hold } from "../guard";
import { nextTimes } from "../timing";
import { fence, type Lease } from "./lease";
import type { Cursor } from "./plan-run";
import { endRun } from "./run-notes";

type Run = Awaited<ReturnType<typeof readRun>>;

const readRun = (tx: TxCtx, id: string) => tx.db.syncRun.findUniqueOrThrow({ where: { id }, include: { source: true } });

/** Who may not sign in with this password must not be tried every quarter of an hour: the directory would lock the account. */
const REFUSED_SIGN_INS = new Set([
  "badPassword",
  "accountDisabled",
  "accountExpired",
  "passwordExpired",
  "mustChangePassword",
  "accountLocked",
]);

const reasonsOf = (held: unknown): string => (held as Hold[]).map(({ reason }) => reason).join(" ");

// What was told already is not told again: a schedule comes to the same end every quarter of an hour.
const isNews = async (tx: TxCtx, { id, sourceId, held, isDryRun }: Run, failure: string | null): Promise<boolean> => {
  const former = await tx.db.syncRun.findFirst({ where: { sourceId, isDryRun, id: { lt: id } }, orderBy: { id: "desc" } });
  if (!former) return true;
  if (failure !== null) return former.state !== "FAILED" || former.failure !== failure;
  const isWaiting = former.state === "WAITING_APPROVAL" || former.failure === "superseded";
  return !isWaiting || reasonsOf(former.held) !== reasonsOf(held);
};

// What the source says from now on begins where this reading did. A cursor moves only once everything before it was worked off.
const noteDone = async (tx: TxCtx, { isDryRun, scope, cursor, source }: Run): Promise<void> => {
  const { id, isEnabled, nextDeltaAt, nextFullAt } = source;
  // The schedule had stopped at a password that is right again.
  const resumed = isEnabled && nextDeltaAt === null && nextFullAt === null ? nextTimes(source, tx.now()) : {};
  const moved = isDryRun ? {} : ((cursor as Cursor | null) ?? {});
  await tx.db.syncSource.update({ where: { id }, data: { seenScope: scope, ...resumed, ...moved } });
};

/** Ends a run that has done what it may: it is done, or waits for somebody to look at the rest. */
export const settleRun = (ctx: Ctx, lease: Lease): Promise<void> =>
  ctx.tx(async (tx) => {
    await fence(tx, lease);
    const run = await readRun(tx, lease.runId);
    const told = { runId: run.id, sourceId: run.sourceId };
    const waiting = run.isDryRun ? 0 : await tx.db.syncRunItem.count({ where: { runId: run.id, isHeld: true, status: "PLANNED" } });
    const isEmpty = !run.isDryRun && run.approvedAt === null && (run.held as Hold[]).some(({ reason }) => reason === "nothingRead");
    if (waiting > 0 || isEmpty) {
      await endRun(tx, run, { state: "WAITING_APPROVAL" });
      if (await isNews(tx, run, null)) tx.emit(runHeld, told);
    } else {
      await noteDone(tx, run);
      await endRun(tx, run, { state: "DONE" });
      tx.emit(runFinished, told);
    }
  });

/** Ends a run that can't go on. Where the sign-in was refused, the schedule stops until a run has worked or the settings were saved. */
export const failRun = (ctx: Ctx, lease: Lease, failure: string, failureDetail: string | null): Promise<void> =>
  ctx.tx(async (tx) => {
    await fence(tx, lease);
    const run = await readRun(tx, lease.runId);
    await endRun(tx, run, { state: "FAILED", failure, failureDetail });
    if (REFUSED_SIGN_INS.has(failure))
      await tx.db.syncSource.update({ where: { id: run.sourceId }, data: { nextDeltaAt: null, nextFullAt: null } });
    if (await isNews(tx, run, failure)) tx.emit(runFailed, { runId: run.id, sourceId: run.sourceId });
  });
