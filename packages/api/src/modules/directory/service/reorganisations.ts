import { newId } from "@maru/platform/crypto/id";
import { isAppError } from "@maru/platform/errors";
import { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import { dateOf, dayAt, dayOf } from "../calendar";
import {
  type applyReorganisationInput,
  directoryErrors,
  type listReorganisationsInput,
  operationInput,
  type ReorganisationPage,
  type ReorganisationView,
  type saveReorganisationInput,
} from "../contract";
import { listPersonViews } from "../queries";
import { applyPlan, judgePlan } from "./organisation-changes";
import { lockOrganisation } from "./roster-set";

const storedOperations = z.array(operationInput);
const storedOutcome = z.object({ departments: z.number(), people: z.number() });

type Stored = NonNullable<Awaited<ReturnType<TxCtx["db"]["reorganisation"]["findUnique"]>>>;

const toView = (row: Stored, updatedBy: string | null): ReorganisationView => ({
  ...{ id: row.id, name: row.name, state: row.state, version: row.version, fault: row.fault, updatedBy },
  operations: storedOperations.parse(row.operations),
  effectiveOn: row.effectiveOn && dayOf(row.effectiveOn),
  outcome: row.outcome === null ? null : storedOutcome.parse(row.outcome),
  updatedAt: row.updatedAt.toISOString(),
  appliedAt: row.appliedAt?.toISOString() ?? null,
});

const toViews = async (ctx: Pick<Ctx, "sql">, rows: readonly Stored[]): Promise<ReorganisationView[]> => {
  const people = await listPersonViews(
    ctx,
    rows.map(({ updatedById }) => updatedById),
  );
  return rows.map((row) => toView(row, people.get(row.updatedById)?.name ?? null));
};

/** Drafts, what waits for its day and what was done, the latest first. */
export const listReorganisations = async (
  ctx: Ctx,
  { cursor, limit }: z.output<typeof listReorganisationsInput>,
): Promise<ReorganisationPage> => {
  const where = cursor ? { id: { lt: cursor } } : {};
  const rows = await ctx.db.reorganisation.findMany({ where, orderBy: { id: "desc" }, take: limit + 1 });
  const items = await toViews(ctx, rows.slice(0, limit));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
};

const viewOf = async (ctx: Pick<Ctx, "sql">, row: Stored): Promise<ReorganisationView> =>
  (await toViews(ctx, [row]))[0] as ReorganisationView;

/** One of them, with its steps. */
export const getReorganisation = async (ctx: Ctx, { id }: { id: string }): Promise<ReorganisationView> => {
  const row = await ctx.db.reorganisation.findUnique({ where: { id } });
  if (!row) throw directoryErrors.reorganisationNotFound();
  return viewOf(ctx, row);
};

/** The draft as it was read before, locked together with the organisation. */
const lockDraft = async (tx: TxCtx, id: string, version: number): Promise<Stored> => {
  await lockOrganisation(tx);
  const row = await tx.db.reorganisation.findUnique({ where: { id } });
  if (!row) throw directoryErrors.reorganisationNotFound();
  if (row.state !== "DRAFT") throw directoryErrors.reorganisationClosed();
  if (row.version !== version) throw directoryErrors.reorganisationStale();
  return row;
};

const record = (
  tx: TxCtx,
  action: string,
  { id, name, effectiveOn }: Pick<Stored, "id" | "name" | "effectiveOn">,
  details: Readonly<Record<string, unknown>> = {},
): void =>
  tx.record({
    action,
    subjectType: "directory.reorganisation",
    subjectId: id,
    details: { name, ...(effectiveOn ? { effectiveOn: dayOf(effectiveOn) } : {}), ...details },
  });

/** Stores a draft. It may hold steps that can't be done yet: the preview says so, and applying refuses them. */
export const saveReorganisation = (
  ctx: Ctx,
  { id, version, name, operations }: z.output<typeof saveReorganisationInput>,
): Promise<ReorganisationView> =>
  ctx.tx(async (tx) => {
    const written = { name, operations, fault: null, updatedById: tx.actor.id, updatedAt: tx.now() };
    if (id) await lockDraft(tx, id, version);
    const row = id
      ? await tx.db.reorganisation.update({ where: { id }, data: { ...written, version: { increment: 1 } } })
      : await tx.db.reorganisation.create({ data: { id: newId(), ...written, createdById: tx.actor.id, createdAt: tx.now() } });
    record(tx, "directory.reorganisation.save", row, { operations });
    return viewOf(tx, row);
  });

/** Changes the organisation as the draft says, and remembers what it touched. */
const carryOut = async (tx: TxCtx, row: Stored, on: string): Promise<Stored> => {
  const outcome = await applyPlan(tx, storedOperations.parse(row.operations), on);
  const data = { state: "APPLIED", effectiveOn: dateOf(on), outcome, appliedAt: tx.now(), fault: null } as const;
  const applied = await tx.db.reorganisation.update({ where: { id: row.id }, data });
  record(tx, "directory.reorganisation.apply", applied, { ...outcome, requestedById: row.updatedById });
  return applied;
};

/** Applies a draft now, or leaves it for its day. What can't be applied as things stand is refused either way. */
export const applyReorganisation = (
  ctx: Ctx,
  { id, version, effectiveOn }: z.output<typeof applyReorganisationInput>,
): Promise<ReorganisationView> =>
  ctx.tx(async (tx) => {
    const draft = await lockDraft(tx, id, version);
    const operations = storedOperations.parse(draft.operations);
    if (operations.length === 0) throw directoryErrors.reorganisationEmpty();
    const by = { updatedById: tx.actor.id, updatedAt: tx.now(), version: { increment: 1 } };
    const today = dayAt(tx.now());
    if (effectiveOn === null || effectiveOn <= today) {
      const row = await tx.db.reorganisation.update({ where: { id }, data: by });
      return viewOf(tx, await carryOut(tx, row, today));
    }
    await judgePlan(tx, operations);
    const data = { ...by, state: "SCHEDULED", effectiveOn: dateOf(effectiveOn), fault: null } as const;
    const row = await tx.db.reorganisation.update({ where: { id }, data });
    record(tx, "directory.reorganisation.schedule", row);
    return viewOf(tx, row);
  });

/** Takes one that waits for its day back to a draft; a draft is thrown away. */
export const cancelReorganisation = (ctx: Ctx, { id }: { id: string }): Promise<ReorganisationView> =>
  ctx.tx(async (tx) => {
    await lockOrganisation(tx);
    const before = await tx.db.reorganisation.findUnique({ where: { id } });
    if (!before) throw directoryErrors.reorganisationNotFound();
    if (before.state !== "DRAFT" && before.state !== "SCHEDULED") throw directoryErrors.reorganisationClosed();
    const state = before.state === "DRAFT" ? "CANCELLED" : "DRAFT";
    const by = { updatedById: tx.actor.id, updatedAt: tx.now(), version: { increment: 1 } };
    const row = await tx.db.reorganisation.update({ where: { id }, data: { ...by, state, effectiveOn: null } });
    record(tx, state === "DRAFT" ? "directory.reorganisation.withdraw" : "directory.reorganisation.discard", before);
    return viewOf(tx, row);
  });

/** Locks the row as long as it waits; null once somebody took it back, or another worker was faster. */
const lockWaiting = async (tx: TxCtx, id: string): Promise<Stored | null> => {
  await lockOrganisation(tx);
  return tx.db.reorganisation.findUnique({ where: { id, state: "SCHEDULED" } });
};

/** Applies one whose day has come, whole. Where the organisation has changed so that it can't be, it is a draft again and says why. */
export const applyScheduled = async (ctx: Ctx, id: string): Promise<void> => {
  try {
    await ctx.tx(async (tx) => {
      const row = await lockWaiting(tx, id);
      if (row) await carryOut(tx, row, dayOf(row.effectiveOn as Date));
    });
  } catch (error) {
    if (!isAppError(error)) throw error;
    await ctx.tx(async (tx) => {
      const row = await lockWaiting(tx, id);
      if (!row) return;
      await tx.db.reorganisation.update({
        where: { id },
        data: { state: "DRAFT", effectiveOn: null, fault: error.code, version: { increment: 1 } },
      });
      record(tx, "directory.reorganisation.refuse", row, { fault: error.code, requestedById: row.updatedById });
    });
  }
};
