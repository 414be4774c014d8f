import { newId } from "@maru/platform/crypto/id";
import type { Counts, PersonalData, Whom } from "../../../personal-data";
import type { Ctx, TxCtx } from "../../../tools";
import { findLastEntry } from "../../audit/service";
import { listErasable, lockErasable } from "../../identity/service";
import { addCounts, isNothing } from "../domain";
import { erasePerson as eraseJob } from "../jobs";
import { findWhom } from "./whom";

const AT_ONCE = 1_000;
const BEGUN_AT_ONCE = 100;

const ACCOUNT = "identity.account";

/** Begins the erasure of one account; from here on nothing is undone. */
const begin = (ctx: Ctx, account: { readonly id: string; readonly personId: string }): Promise<void> =>
  ctx.tx(async (tx) => {
    if (!(await lockErasable(tx, account.id))) return;
    const request = await findLastEntry(tx, { action: "identity.account.delete", subjectType: ACCOUNT, subjectId: account.id });
    const [created] = await tx.db.erasure.createManyAndReturn({
      data: {
        id: newId(),
        accountId: account.id,
        personId: account.personId,
        requestedAt: request?.at ?? null,
        requestedById: request?.actor_id ?? null,
        requestId: request?.request_id ?? null,
        startedAt: tx.now(),
      },
      skipDuplicates: true,
      select: { id: true },
    });
    if (!created) return;
    tx.enqueue(eraseJob, { erasureId: created.id });
    tx.record({ action: "privacy.erasure.begin", subjectType: ACCOUNT, subjectId: account.id, details: { erasureId: created.id } });
  });

/** Begins the erasures whose grace is over, and asks again for those that have begun and are not at their end. */
export const beginDueErasures = async (ctx: Ctx): Promise<void> => {
  for (const account of await listErasable(ctx, BEGUN_AT_ONCE)) await begin(ctx, account);
  await ctx.tx(async (tx) => {
    const open = await tx.db.erasure.findMany({ where: { finishedAt: null }, take: BEGUN_AT_ONCE, select: { id: true } });
    // One that is at work already is one with this: its key is the erasure's id.
    for (const { id } of open) tx.enqueue(eraseJob, { erasureId: id });
  });
};

/** Removes the next rows of one module, and remembers it in the same commit. False when there was nothing left. */
const eraseBatch = (ctx: Ctx, erasure: { readonly id: string; readonly personId: string }, part: PersonalData): Promise<boolean> =>
  ctx.tx(async (tx) => {
    const key = { erasureId: erasure.id, module: part.module };
    await lockErasure(tx, erasure.id);
    const step = await tx.db.erasureStep.findUnique({ where: { erasureId_module: key } });
    if (step?.finishedAt) return false;
    const whom: Whom | null = await findWhom(tx, erasure.personId);
    const removed: Counts = whom ? await part.erasePerson(tx, whom, AT_ONCE) : {};
    const values = {
      counts: addCounts((step?.counts ?? {}) as Counts, removed),
      finishedAt: isNothing(removed) ? tx.now() : null,
    };
    await tx.db.erasureStep.upsert({ where: { erasureId_module: key }, create: { ...key, ...values }, update: values });
    return !isNothing(removed);
  });

// A worker that was thought dead and is not must not remove the same rows at the same time.
const lockErasure = async (tx: TxCtx, id: string): Promise<void> => {
  await tx.sql.selectFrom("erasure").select("id").where("id", "=", id).forUpdate().executeTakeFirstOrThrow();
};

const finish = (ctx: Ctx, { id, accountId }: { readonly id: string; readonly accountId: string }): Promise<void> =>
  ctx.tx(async (tx) => {
    const { count } = await tx.db.erasure.updateMany({ where: { id, finishedAt: null }, data: { finishedAt: tx.now() } });
    if (count === 0) return;
    const steps = await tx.db.erasureStep.findMany({ where: { erasureId: id }, select: { module: true, counts: true } });
    const removed = Object.fromEntries(steps.map(({ module, counts }) => [module, counts]));
    tx.record({ action: "privacy.erasure.finish", subjectType: ACCOUNT, subjectId: accountId, details: { erasureId: id, removed } });
  });

/**
 * Removes what is personal, module by module in the order of the registry: those that must know what she is called come before those that
 * forget it. Each batch commits together with what it has removed, so that whoever takes over goes on where the last one was.
 */
export const erasePerson = async (ctx: Ctx, { erasureId }: { erasureId: string }, signal: AbortSignal): Promise<void> => {
  const erasure = await ctx.db.erasure.findUnique({ where: { id: erasureId } });
  if (!erasure || erasure.finishedAt) return;
  for (const part of ctx.tools.personalData) {
    do signal.throwIfAborted();
    while (await eraseBatch(ctx, erasure, part));
  }
  await finish(ctx, erasure);
};
