import { isAppError } from "@maru/platform/errors";
import { LdapError } from "@maru/platform/ldap/ldap-error";
import type { Ctx } from "../../../tools";
import { type RunState, UNDER_WAY } from "../contract";
import type { Desired } from "../desired";
import { officeDay } from "../timing";
import { applyItems } from "./apply";
import { applyPhotos } from "./apply-photos";
import type { Applying } from "./applying";
import { readNamed } from "./current";
import { failRun, settleRun } from "./ending";
import { fence, holdLease, type Lease, LeaseLost, MAX_STARTS, takeLease } from "./lease";
import { type Cursor, type Decided, planRun } from "./plan-run";
import { notePhase, tellProgress } from "./run-notes";

type Run = Awaited<ReturnType<typeof readRun>>;
export type Source = Run["source"];

/**
 * What was read, and how far the source was when the reading began; null where it can't be read bit by bit. `decided` is what follows from it
 * where that is not asked of the source's links.
 */
export type Reading = { readonly desired: Desired; readonly cursor: Cursor | null; readonly decided?: Decided };
/** Reads a source, all of it or what changed; `seen` is called with how many entries have come. */
export type Reader = (
  ctx: Ctx,
  run: { readonly id: string; readonly source: Source; readonly isFull: boolean },
  signal: AbortSignal,
  seen: (count: number) => void,
) => Promise<Reading>;

const readRun = (ctx: Ctx, id: string) => ctx.db.syncRun.findUniqueOrThrow({ where: { id }, include: { source: true } });

const moveTo = (ctx: Ctx, lease: Lease, state: RunState, data: { startedAt?: Date } = {}): Promise<void> =>
  ctx.tx(async (tx) => {
    await fence(tx, lease);
    await tx.db.syncRun.update({ where: { id: lease.runId }, data: { state, ...data } });
    tellProgress(tx, lease.runId);
  });

const readAndPlan = async (ctx: Ctx, lease: Lease, run: Run, signal: AbortSignal, read: Reader): Promise<void> => {
  await moveTo(ctx, lease, "READING", run.startedAt ? {} : { startedAt: ctx.now() });
  const reading = await notePhase(ctx, lease, "reading", async (seen) => {
    const result = await read(ctx, run, signal, seen);
    return { result, count: result.desired.people.length };
  });
  signal.throwIfAborted();
  const isScopeSeen = run.source.seenScope === run.scope;
  await notePhase(ctx, lease, "planning", async () => {
    const count = await planRun(ctx, lease, { ...reading, isScopeSeen, isDryRun: run.isDryRun });
    return { result: null, count };
  });
};

const applyRun = async (ctx: Ctx, lease: Lease, run: Run, signal: AbortSignal): Promise<void> => {
  const { sourceId } = lease;
  const on = officeDay(ctx.now());
  const applying: Applying = { sourceId, rootDepartmentId: run.source.rootDepartmentId, named: await readNamed(ctx), on };
  if (run.state !== "LINKING") {
    await moveTo(ctx, lease, "APPLYING");
    await notePhase(ctx, lease, "applying", async () => ({
      result: null,
      count: await applyItems(ctx, lease, applying, ["DEPARTMENT", "PERSON"], signal),
    }));
    await moveTo(ctx, lease, "LINKING");
  }
  // Who leads whom and who holds what is known once everybody is there.
  await notePhase(ctx, lease, "linking", async () => ({
    result: null,
    count: await applyItems(ctx, lease, applying, ["MANAGER", "ROLE"], signal),
  }));
  await applyPhotos(ctx, lease, run.source, signal);
};

const work = async (ctx: Ctx, lease: Lease, signal: AbortSignal, read: Reader): Promise<void> => {
  const first = await readRun(ctx, lease.runId);
  if (first.starts > MAX_STARTS) return failRun(ctx, lease, "gaveUp", null);
  if (first.state === "QUEUED" || first.state === "READING") await readAndPlan(ctx, lease, first, signal, read);
  const run = await readRun(ctx, lease.runId);
  if (!run.isDryRun) await applyRun(ctx, lease, run, signal);
  await settleRun(ctx, lease);
};

/** What a directory's refusal is called; null for a fault that is worth trying again. */
const failureOf = (error: unknown): string | null => {
  if (error instanceof LdapError) return error.code;
  return isAppError(error) && error.kind !== "unavailable" ? error.code : null;
};

/**
 * Does a run from where it stands to its end: reads, plans, stops where somebody must look, and applies. Whichever worker is asked, and how
 * often, one at a time works at a source; a worker that was thought dead writes nothing afterwards. What a directory refuses ends the run and
 * is not tried again: nothing of what it has not shown has happened.
 */
export const executeRun = async (ctx: Ctx, runId: string, signal: AbortSignal, read: Reader): Promise<void> => {
  const lease = await takeLease(ctx, runId);
  if (!lease) {
    const isOpen = (await ctx.db.syncRun.count({ where: { id: runId, state: { in: [...UNDER_WAY] } } })) > 0;
    if (isOpen) throw new Error("another worker holds this source: it is asked for again later");
    return;
  }
  await holdLease(ctx, lease, signal, async (held) => {
    try {
      await work(ctx, lease, held, read);
    } catch (error) {
      // Cancelled, or somebody else's: either way it is not this worker's to say anything about.
      if (error instanceof LeaseLost || held.reason instanceof LeaseLost) return;
      const failure = failureOf(error);
      if (failure === null) throw error;
      ctx.log.warn({ err: error, runId }, "a directory could not be read");
      await failRun(ctx, lease, failure, error instanceof LdapError ? error.message.slice(0, 500) : null);
    }
  });
};
