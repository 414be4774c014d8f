import { newId } from "@maru/platform/crypto/id";
import type { Ctx, TxCtx } from "../../../../tools";
import { attachFiles, getFile } from "../../../files/service";
import {
  type ImportItemPage,
  type ImportPage,
  type ImportView,
  type ListImportItemsInput,
  type ListImportsInput,
  type PreviewImportInput,
  type RunView,
  sourceMapping,
  syncErrors,
  UNDER_WAY,
} from "../../contract";
import { IMPORT_SUBJECT } from "../../files/subjects";
import { listItems } from "../../item-queries";
import { lookIntoFile } from "../../jobs";
import { getRun } from "../../queries";
import { queueRun } from "../runs";

type Row = Awaited<ReturnType<TxCtx["db"]["syncImport"]["findFirstOrThrow"]>>;
type Reader = Pick<Ctx, "db"> | Pick<TxCtx, "db">;

/** All files are one source: what they say of a person is believed in the order in which they are applied. */
const FILES = "파일";
const NO_SERVER = { url: null, baseDn: null, filter: null, rootDepartmentId: null } as const;

const findSource = async (tx: TxCtx): Promise<string> => {
  const now = tx.now();
  const row = { id: newId(), kind: "FILE" as const, name: FILES, ...NO_SERVER, mapping: sourceMapping.parse({ attributes: {} }) };
  await tx.db.syncSource.createMany({
    data: { ...row, createdAt: now, updatedAt: now, updatedById: tx.actor.id },
    skipDuplicates: true,
  });
  return (await tx.db.syncSource.findUniqueOrThrow({ where: { name: FILES }, select: { id: true } })).id;
};

const isUnderWay = (run: RunView | null): boolean => run !== null && UNDER_WAY.some((state) => state === run.state);
const isApplied = (run: RunView | null): boolean => run !== null && (run.state === "DONE" || (run.done > 0 && !isUnderWay(run)));

const toView = async (ctx: Reader, row: Row): Promise<ImportView> => {
  const runOf = (id: string | null) => (id === null ? null : getRun(ctx, id));
  const [preview, run, undo] = [await runOf(row.previewRunId), await runOf(row.runId), await runOf(row.undoRunId)];
  const isIdle = ![preview, run, undo].some(isUnderWay);
  const canChange = isIdle && row.found !== null && !isApplied(run);
  return {
    id: row.id,
    fileName: row.fileName,
    uploadedAt: row.uploadedAt.toISOString(),
    found: row.found as ImportView["found"],
    fault: row.fault,
    faultRow: (row.faultDetail as { row: number | null } | null)?.row ?? null,
    fields: row.fields as ImportView["fields"],
    preview,
    run,
    undo,
    errorFileId: row.errorFileId,
    can: {
      preview: canChange,
      apply: canChange && preview?.state === "DONE" && preview.total > 0,
      undo: isIdle && isApplied(run) && !isApplied(undo),
    },
  };
};

const findImport = async ({ db }: Reader, id: string): Promise<Row> => {
  const row = await db.syncImport.findUnique({ where: { id } });
  if (!row) throw syncErrors.importNotFound();
  return row;
};

export const getImport = async (ctx: Ctx, { id }: { id: string }): Promise<ImportView> => toView(ctx, await findImport(ctx, id));

/** The files that were read in, the latest first. */
export const listImports = async (ctx: Ctx, { cursor, limit }: ListImportsInput): Promise<ImportPage> => {
  const rows = await ctx.db.syncImport.findMany({
    where: cursor ? { id: { lt: cursor } } : {},
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = await Promise.all(rows.slice(0, limit).map((row) => toView(ctx, row)));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
};

/** Takes a file that the actor has uploaded; the worker looks into it. */
export const startImport = async (ctx: Ctx, { fileId }: { fileId: string }): Promise<ImportView> => {
  const { name } = await getFile(ctx, { id: fileId });
  if (!/\.(?:csv|tsv|txt|xlsx)$/iu.test(name)) throw syncErrors.fileNotTable();
  return ctx.tx(async (tx) => {
    const id = newId();
    await attachFiles(tx, { fileIds: [fileId], subjectType: IMPORT_SUBJECT, subjectId: id });
    const row = { id, sourceId: await findSource(tx), fileId, fileName: name, uploadedById: tx.actor.id, uploadedAt: tx.now() };
    const created = await tx.db.syncImport.create({ data: row });
    tx.enqueue(lookIntoFile, { importId: id });
    tx.record({ action: "sync.import.upload", subjectType: IMPORT_SUBJECT, subjectId: id, details: { fileId, fileName: name } });
    return toView(tx, created);
  });
};

// Of two who ask at once the second one meets the first one's run: the source has one under way.
const queue = async (tx: TxCtx, { sourceId }: Row, asked: { readonly isDryRun: boolean; readonly isUndo?: boolean }): Promise<string> =>
  queueRun(tx, sourceId, { isFull: false, requestedById: tx.actor.id, ...asked });

/** Asks what a file would change when its columns mean this. */
export const previewImport = (ctx: Ctx, { id, fields }: PreviewImportInput): Promise<ImportView> =>
  ctx.tx(async (tx) => {
    const row = await findImport(tx, id);
    const { can, found, run } = await toView(tx, row);
    if (!found) throw syncErrors.importNotReadable();
    if (isApplied(run)) throw syncErrors.importApplied();
    if (found.columns.length !== fields.length) throw syncErrors.columnsWrong();
    if (!can.preview) throw syncErrors.runUnderWay();
    const previewRunId = await queue(tx, row, { isDryRun: true });
    return toView(tx, await tx.db.syncImport.update({ where: { id }, data: { fields, previewRunId, runId: null } }));
  });

/** Does what was shown; where it would be something else by now, nothing happens. */
export const applyImport = (ctx: Ctx, { id }: { id: string }): Promise<ImportView> =>
  ctx.tx(async (tx) => {
    const row = await findImport(tx, id);
    const { can, preview, run } = await toView(tx, row);
    if (isApplied(run)) throw syncErrors.importApplied();
    if (preview?.state !== "DONE") throw syncErrors.importNotPreviewed();
    if (!can.apply) throw syncErrors.runUnderWay();
    const runId = await queue(tx, row, { isDryRun: false });
    return toView(tx, await tx.db.syncImport.update({ where: { id }, data: { runId } }));
  });

/** Takes back what a file has changed, besides what somebody has changed since. */
export const undoImport = (ctx: Ctx, { id }: { id: string }): Promise<ImportView> =>
  ctx.tx(async (tx) => {
    const row = await findImport(tx, id);
    const { can, run } = await toView(tx, row);
    if (!isApplied(run)) throw syncErrors.importNotApplied();
    if (!can.undo) throw syncErrors.runUnderWay();
    const undoRunId = await queue(tx, row, { isDryRun: false, isUndo: true });
    return toView(tx, await tx.db.syncImport.update({ where: { id }, data: { undoRunId } }));
  });

const RUN_OF = { preview: "previewRunId", run: "runId", undo: "undoRunId" } as const;

/** What a step of an import has found or done, row by row. */
export const listImportItems = async (ctx: Ctx, { id, step, ...input }: ListImportItemsInput): Promise<ImportItemPage> => {
  const runId = (await findImport(ctx, id))[RUN_OF[step]];
  if (runId === null) return { items: [], nextCursor: null };
  const page = await listItems(ctx, { runId, ...input });
  const rows = await ctx.db.syncRunItem.findMany({
    where: { runId, seq: { in: page.items.map(({ seq }) => seq) } },
    select: { seq: true, dn: true },
  });
  const rowOf = new Map(rows.map(({ seq, dn }) => [seq, dn ? Number(dn) : null]));
  return { ...page, items: page.items.map((item) => ({ ...item, row: rowOf.get(item.seq) ?? null })) };
};
