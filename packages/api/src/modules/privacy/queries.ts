import type { Ctx, TxCtx } from "../../tools";
import { listPersonViews } from "../directory/service";
import type { ErasurePage, ErasureView, ListErasuresInput } from "./contract";

export type DocumentRow = Awaited<ReturnType<TxCtx["db"]["privacyDocument"]["findFirstOrThrow"]>>;

/** The version of each text that holds now. */
export const findNewest = ({ db }: Pick<TxCtx, "db"> | Pick<Ctx, "db">): Promise<DocumentRow[]> =>
  db.privacyDocument.findMany({ distinct: ["kind"], orderBy: [{ kind: "asc" }, { version: "desc" }] });

export const toDocumentFacts = ({ publishedAt, publishedById: _by, ...row }: DocumentRow) => ({
  ...row,
  publishedAt: publishedAt.toISOString(),
});

/** The evidence of erasures, the latest first. */
export const listErasures = async (ctx: Ctx, { cursor, limit }: ListErasuresInput): Promise<ErasurePage> => {
  const rows = await ctx.db.erasure.findMany({
    where: cursor ? { id: { lt: cursor } } : {},
    orderBy: { id: "desc" },
    take: limit + 1,
    include: { steps: { orderBy: { module: "asc" } } },
  });
  const shown = rows.slice(0, limit);
  const people = await listPersonViews(
    ctx,
    shown.flatMap(({ requestedById }) => requestedById ?? []),
  );
  const items = shown.map(
    (row): ErasureView => ({
      id: row.id,
      accountId: row.accountId,
      requestedAt: row.requestedAt?.toISOString() ?? null,
      requestedBy: people.get(row.requestedById ?? "") ?? null,
      requestId: row.requestId,
      startedAt: row.startedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      steps: row.steps.map(({ module, counts, finishedAt }) => ({
        module,
        counts: counts as ErasureView["steps"][number]["counts"],
        finishedAt: finishedAt?.toISOString() ?? null,
      })),
    }),
  );
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
};
