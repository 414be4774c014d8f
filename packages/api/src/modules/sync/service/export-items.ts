import { csvRow } from "@maru/platform/tables";
import type { Ctx } from "../../../tools";
import { type ExportedItemsView, type ExportItemsInput, MAX_EXPORTED_ITEMS } from "../contract";
import { findRunOfItems, readItems } from "../item-queries";
import { headOf, type ItemWords, rowOf, wordsIn } from "../item-words";

const PAGE = 2_000;
/** A mark that tells a spreadsheet that this is UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";

const readWords = async ({ db }: Ctx, locale: ExportItemsInput["locale"]): Promise<ItemWords> => {
  const roles = await db.role.findMany({ select: { id: true, name: true, nameEn: true } });
  return { ...wordsIn(locale), roles: new Map(roles.map(({ id, name, nameEn }) => [id, locale === "ko" ? name : nameEn])) };
};

/** The items of a run by these filters as CSV, in the order in which they are applied. Who took them is put on record before they are read. */
export const exportItems = async (ctx: Ctx, { locale, ...filters }: ExportItemsInput): Promise<ExportedItemsView> => {
  const run = await findRunOfItems(ctx, filters.runId);
  const { runId, ...chosen } = filters;
  await ctx.tx(async (tx) => {
    const details = { sourceId: run.sourceId, ...chosen };
    tx.record({ action: "sync.run.export", subjectType: "sync.run", subjectId: runId, details });
  });
  const words = await readWords(ctx, locale);
  const lines = [BYTE_ORDER_MARK + csvRow(headOf(words))];
  let cursor: number | undefined;
  let isCut = false;
  while (lines.length <= MAX_EXPORTED_ITEMS) {
    const wanted = Math.min(PAGE, MAX_EXPORTED_ITEMS + 1 - lines.length);
    const items = await readItems(ctx, run, { ...filters, cursor }, wanted + 1);
    for (const item of items.slice(0, wanted)) lines.push(csvRow(rowOf(item, words, run.isDryRun)));
    cursor = items[wanted - 1]?.seq;
    isCut = items.length > wanted;
    if (!isCut) break;
  }
  return { fileName: `maru-sync-${runId}.csv`, csv: lines.join(""), count: lines.length - 1, isCut };
};
