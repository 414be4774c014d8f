import { sql as raw } from "kysely";
import type { Ctx } from "../../../tools";
import { listIndispensable } from "../../identity/service";
import type { Desired, Item } from "../desired";
import { guard, type Hold, isHeldBack } from "../guard";
import { isLeaving, keepIndispensable, type Plan, plan } from "../plan";
import { planPhotos } from "../plan-photos";
import { readCurrent, readTotals } from "./current";
import { fence, type Lease } from "./lease";
import { refreshLinks } from "./links";
import { countGivenPhotos } from "./read-photos";

/** How far a source is: what the next reading of changes begins behind. */
export type Cursor = { readonly invocationId: string | null; readonly usn: string | null; readonly modifyTimestamp: string | null };

/** Everything that follows from what was read, and why it waits. */
export type Decided = Plan & { readonly holds: readonly Hold[] };

type Planning = {
  readonly desired: Desired;
  readonly cursor: Cursor | null;
  readonly decided?: Decided;
  readonly isScopeSeen: boolean;
  readonly isDryRun: boolean;
};

/** What is written in one statement: more would be one text so long that nobody else had a turn while it is made. */
const AT_ONCE = 1_000;
const MAX_INDISPENSABLE = 100_000;

const writeItems = async (ctx: Ctx, lease: Lease, items: readonly Item[], holds: readonly Hold[]): Promise<void> => {
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const rows = items.slice(start, start + AT_ONCE).map((item, at) => ({ ...item, seq: start + at, isHeld: isHeldBack(item, holds) }));
    await ctx.tx(async (tx) => {
      await fence(tx, lease);
      await raw`
        INSERT INTO sync_run_item (run_id, seq, target, action, external_id, label, person_id, department_id, before, after, status, is_held,
          error, hash, dn)
        SELECT ${lease.runId}::uuid, seq, target, action, "externalId", label, "personId", "departmentId", nullif(before, 'null'),
          nullif(after, 'null'), status, "isHeld", error, hash, dn
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row(seq int, target sync_target, action sync_action, "externalId" text,
          label text, "personId" uuid, "departmentId" uuid, before jsonb, after jsonb, status sync_item_status, "isHeld" boolean, error text,
          hash text, dn text)`.execute(tx.sql);
    });
  }
};

/** How many items of which kind are planned, and how many are not. */
export const countsOf = (items: readonly Item[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { target, action, status } of items) {
    const key = status === "PLANNED" ? `${target}.${action}` : status;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};

const keepAdministrators = async (ctx: Ctx, { items }: Plan): Promise<Item[]> => {
  const leaving = items.filter(isLeaving).flatMap(({ personId }) => personId ?? []);
  if (leaving.length === 0 || leaving.length > MAX_INDISPENSABLE) return [...items];
  return keepIndispensable(items, new Set(await ctx.tx((tx) => listIndispensable(tx, leaving))));
};

const decide = async (ctx: Ctx, sourceId: string, { desired, isScopeSeen }: Planning): Promise<Decided> => {
  const current = await readCurrent(ctx, sourceId, desired);
  const planned = await plan(desired, current, ctx.now());
  const kept = await keepAdministrators(ctx, planned);
  const items = [...kept, ...planPhotos(desired.photos ?? [], kept)];
  const holds = guard(items, {
    ...(await readTotals(ctx, sourceId)),
    givenPhotos: desired.photos?.length ? await countGivenPhotos(ctx, sourceId) : 0,
    entries: desired.presentIds?.size ?? desired.people.length,
    isComplete: desired.presentIds !== null,
    isScopeSeen,
  });
  return { items, refreshed: planned.refreshed, holds };
};

const refreshPeople = async (ctx: Ctx, lease: Lease, links: Plan["refreshed"]["people"]): Promise<void> => {
  for (let start = 0; start < links.length; start += AT_ONCE)
    await ctx.tx(async (tx) => {
      await fence(tx, lease);
      await refreshLinks(tx, lease.sourceId, "PERSON", links.slice(start, start + AT_ONCE));
    });
};

/**
 * Compares what was read with what is known, and writes down every difference: this is the preview, and what a run works off. Whatever was
 * written down by a worker that did not come to the end of it is forgotten first.
 */
export const planRun = async (ctx: Ctx, lease: Lease, planning: Planning): Promise<number> => {
  const { runId, sourceId } = lease;
  const { cursor, isDryRun } = planning;
  const { items, refreshed, holds } = planning.decided ?? (await decide(ctx, sourceId, planning));
  await ctx.tx(async (tx) => {
    await fence(tx, lease);
    await tx.db.syncRunItem.deleteMany({ where: { runId } });
  });
  await writeItems(ctx, lease, items, holds);
  if (!isDryRun) await refreshPeople(ctx, lease, refreshed.people);
  await ctx.tx(async (tx) => {
    await fence(tx, lease);
    // Last of all: a unit that is known to have moved is why a reading of changes that is done again reads everything again.
    if (!isDryRun) await refreshLinks(tx, sourceId, "DEPARTMENT", refreshed.departments);
    const total = items.filter(({ status }) => status === "PLANNED").length;
    const known = { held: [...holds], counts: countsOf(items), total, done: 0, ...(cursor ? { cursor } : {}) };
    await tx.db.syncRun.update({ where: { id: runId }, data: { state: "PLANNED", ...known } });
  });
  return items.length;
};
