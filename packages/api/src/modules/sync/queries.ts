import { createHash } from "node:crypto";
import type { Prisma } from "@maru/db/client";
import type { Ctx, TxCtx } from "../../tools";
import { type ListRunsInput, type RunPage, type RunView, type SourceView, sourceMapping, syncErrors, UNDER_WAY } from "./contract";
import type { Hold } from "./guard";

type Reader = Pick<Ctx, "db"> | Pick<TxCtx, "db">;
export type SourceRow = Awaited<ReturnType<TxCtx["db"]["syncSource"]["findFirstOrThrow"]>>;

/** What a source is about, in short: with another one, other people may be meant, and somebody must look first. */
export const scopeOf = ({ kind, url, baseDn, filter, mapping, rootDepartmentId }: Omit<SourceRow, "id">): string => {
  const { attributes, ...rest } = sourceMapping.parse(mapping);
  const { photo, ...others } = attributes;
  // Sources that were looked at before photos were known keep their scope as long as they have none.
  const read = { attributes: photo === null ? others : attributes, ...rest };
  return createHash("sha256")
    .update(JSON.stringify([kind, url, baseDn, filter, read, rootDepartmentId]))
    .digest("base64url");
};

/** A source as administrators see it. Its password is never read here. */
export const toSourceView = (row: SourceRow, linkedPeople: number): SourceView => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  url: row.url,
  startTls: row.startTls,
  ca: row.ca,
  bindDn: row.bindDn,
  hasPassword: row.secret !== null,
  baseDn: row.baseDn,
  filter: row.filter,
  mapping: sourceMapping.parse(row.mapping),
  rootDepartmentId: row.rootDepartmentId,
  isEnabled: row.isEnabled,
  deltaMinutes: row.deltaMinutes,
  fullAtMinute: row.fullAtMinute,
  nextDeltaAt: row.nextDeltaAt?.toISOString() ?? null,
  nextFullAt: row.nextFullAt?.toISOString() ?? null,
  needsPreview: row.seenScope !== scopeOf(row),
  linkedPeople,
  version: row.version,
  updatedAt: row.updatedAt.toISOString(),
});

const countPeople = async ({ db }: Reader, sourceIds: readonly string[]): Promise<Map<string, number>> => {
  const rows = await db.syncLink.groupBy({
    by: ["sourceId"],
    where: { sourceId: { in: [...sourceIds] }, target: "PERSON" },
    _count: { _all: true },
  });
  return new Map(rows.map(({ sourceId, _count }) => [sourceId, _count._all]));
};

const MOST_SOURCES = 50;

/** Every source, in the order in which they were made: the first one is the one that REST knows. */
export const listSources = async (ctx: Ctx): Promise<SourceView[]> => {
  const rows = await ctx.db.syncSource.findMany({ orderBy: { id: "asc" }, take: MOST_SOURCES });
  const counts = await countPeople(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => toSourceView(row, counts.get(row.id) ?? 0));
};

export const getSource = async (ctx: Reader, id: string): Promise<SourceView> => {
  const row = await ctx.db.syncSource.findUnique({ where: { id } });
  if (!row) throw syncErrors.sourceNotFound();
  return toSourceView(row, (await countPeople(ctx, [id])).get(id) ?? 0);
};

const withSource = { source: { select: { name: true, kind: true } } } as const;
type RunRow = Prisma.SyncRunGetPayload<{ include: typeof withSource }>;

const isUnderWay = (state: RunRow["state"]): boolean => UNDER_WAY.some((one) => one === state);

const toRunView = (row: RunRow, heldCount: number): RunView => ({
  id: row.id,
  sourceId: row.sourceId,
  sourceName: row.source.name,
  sourceKind: row.source.kind,
  state: row.state,
  isFull: row.isFull,
  isDryRun: row.isDryRun,
  isUndo: row.isUndo,
  requestedById: row.requestedById,
  requestedAt: row.requestedAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
  approvedById: row.approvedById,
  phases: row.phases as RunView["phases"],
  counts: row.counts as RunView["counts"],
  done: row.done,
  total: row.total,
  held: row.held as Hold[],
  heldCount,
  failure: row.failure,
  failureDetail: row.failureDetail,
  can: { approve: row.state === "WAITING_APPROVAL", cancel: row.state === "WAITING_APPROVAL" || isUnderWay(row.state) },
});

/** How many items of these runs wait for approval. */
export const countHeld = async ({ db }: Reader, runIds: readonly string[]): Promise<Map<string, number>> => {
  if (runIds.length === 0) return new Map();
  const rows = await db.syncRunItem.groupBy({
    by: ["runId"],
    where: { runId: { in: [...runIds] }, isHeld: true, status: "PLANNED" },
    _count: { _all: true },
  });
  return new Map(rows.map(({ runId, _count }) => [runId, _count._all]));
};

export const getRun = async (ctx: Reader, id: string): Promise<RunView> => {
  const row = await ctx.db.syncRun.findUnique({ where: { id }, include: withSource });
  if (!row) throw syncErrors.runNotFound();
  return toRunView(row, (await countHeld(ctx, [id])).get(id) ?? 0);
};

/** The runs of a source, or of all, the latest first. */
export const listRuns = async (ctx: Ctx, { sourceId, cursor, limit }: ListRunsInput): Promise<RunPage> => {
  const rows = await ctx.db.syncRun.findMany({
    where: { ...(sourceId ? { sourceId } : {}), ...(cursor ? { id: { lt: cursor } } : {}) },
    orderBy: { id: "desc" },
    take: limit + 1,
    include: withSource,
  });
  const shown = rows.slice(0, limit);
  const held = await countHeld(
    ctx,
    shown.filter(({ state }) => state === "WAITING_APPROVAL").map(({ id }) => id),
  );
  const items = shown.map((row) => toRunView(row, held.get(row.id) ?? 0));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
};
