import { Prisma } from "@maru/db/client";
import type { Ctx, TxCtx } from "../../tools";
import { canSettle, findClaimants, isClaimed } from "./claimants";
import { type ItemPage, type ItemView, type ListItemsInput, syncErrors } from "./contract";
import { withNames } from "./item-names";

type ItemRow = Awaited<ReturnType<TxCtx["db"]["syncRunItem"]["findFirstOrThrow"]>>;
/** Of which items; a page of them begins behind `cursor`. */
export type ItemFilters = Omit<ListItemsInput, "limit">;

/** An item as it stands, without what is known of those whom it names. */
export const toItemView = (row: ItemRow): ItemView => ({
  seq: row.seq,
  target: row.target,
  action: row.action,
  externalId: row.externalId,
  label: row.label,
  personId: row.personId,
  departmentId: row.departmentId,
  before: row.before as ItemView["before"],
  after: row.after as ItemView["after"],
  status: row.status,
  isHeld: row.isHeld,
  error: row.error,
  claimants: [],
});

/** The run that items are asked of. */
export const findRunOfItems = async ({ db }: Ctx, id: string) => {
  const run = await db.syncRun.findUnique({ where: { id }, include: { source: { select: { kind: true } } } });
  if (!run) throw syncErrors.runNotFound();
  return run;
};

/** The items of these filters in the order in which they are applied, with the names of whom they mean. */
export const readItems = async (
  ctx: Ctx,
  run: { readonly id: string; readonly sourceId: string },
  { target, action, status, isHeld, q, cursor }: ItemFilters,
  take: number,
): Promise<ItemView[]> => {
  const contains = q ? { contains: q.replace(/[\\%_]/gu, "\\$&"), mode: Prisma.QueryMode.insensitive } : null;
  const rows = await ctx.db.syncRunItem.findMany({
    where: {
      runId: run.id,
      ...(target ? { target } : {}),
      ...(action ? { action } : {}),
      ...(status ? { status } : {}),
      ...(isHeld === undefined ? {} : { isHeld }),
      ...(contains ? { label: contains } : {}),
      ...(cursor === undefined ? {} : { seq: { gt: cursor } }),
    },
    orderBy: { seq: "asc" },
    take,
  });
  return withNames(ctx, run, rows.map(toItemView));
};

/** What a run has found, in the order in which it is applied; of conflicts that can be settled, with whom. */
export const listItems = async (ctx: Ctx, { limit, ...filters }: ListItemsInput): Promise<ItemPage> => {
  const run = await findRunOfItems(ctx, filters.runId);
  const read = await readItems(ctx, run, filters, limit + 1);
  const items = read.slice(0, limit);
  const nextCursor = read.length > limit ? (items.at(-1)?.seq ?? null) : null;
  if (!items.some(isClaimed) || !(await canSettle(ctx, run))) return { items, nextCursor };
  const claimants = await findClaimants(ctx, items);
  return { items: items.map((item) => ({ ...item, claimants: [...(claimants.get(item.seq) ?? [])] })), nextCursor };
};
