import type { TableRow } from "@maru/platform/tables";
import { csvOf } from "@maru/platform/tables/write-tables";
import type { Ctx } from "../../../../tools";
import { keepMadeFile } from "../../../files/service";
import { type FileField, syncErrors } from "../../contract";
import type { Desired, Item } from "../../desired";
import { IMPORT_SUBJECT } from "../../files/subjects";
import type { Reader, Reading } from "../execute";
import { countsOf } from "../plan-run";
import { openTable } from "./open-table";
import { planImport } from "./plan-import";
import { planUndo } from "./plan-undo";

type Import = NonNullable<Awaited<ReturnType<typeof findOfRun>>>;

const findOfRun = ({ db }: Ctx, id: string) =>
  db.syncImport.findFirst({ where: { OR: [{ previewRunId: id }, { runId: id }, { undoRunId: id }] } });

const NOBODY: Desired = { departments: null, hasAllDepartments: false, people: [], presentIds: null, goneIds: [], roles: null };

// Nothing of it waits: whoever asked has looked at every row before.
const decidedOf = (desired: Desired, items: readonly Item[]): Reading => ({
  desired,
  cursor: null,
  decided: { items, refreshed: { people: [], departments: [] }, holds: [] },
});

const readRows = async (ctx: Ctx, row: Import, signal: AbortSignal, seen: (count: number) => void): Promise<TableRow[]> => {
  const rows: TableRow[] = [];
  const table = await openTable(ctx, row);
  for await (const one of table.rows()) {
    signal.throwIfAborted();
    rows.push(one);
    seen(rows.length);
  }
  return rows;
};

type ErrorRow = { readonly row: TableRow; readonly error: string };

async function* errorLines(header: TableRow, wrong: readonly ErrorRow[]): AsyncGenerator<readonly string[]> {
  yield ["행 / Row", "문제 / Problem", ...header.cells];
  for (const { row, error } of wrong) yield [String(row.number), error, ...row.cells];
}

/** Keeps the rows that can't be taken in as a file beside the one that was uploaded: to be mended there and read in again. */
const keepErrors = async (ctx: Ctx, { id, fileName }: Import, rows: readonly TableRow[], items: readonly Item[]): Promise<void> => {
  const errors = new Map(items.flatMap(({ status, error, dn }) => (status === "CONFLICT" ? [[Number(dn), error ?? ""] as const] : [])));
  const [header] = rows;
  const wrong = rows.flatMap((row) => (errors.has(row.number) ? [{ row, error: errors.get(row.number) ?? "" }] : []));
  if (!header || wrong.length === 0) {
    await ctx.db.syncImport.update({ where: { id }, data: { errorFileId: null } });
    return;
  }
  const name = `${fileName.replace(/\.[^.]*$/u, "")}-errors.csv`.slice(-200);
  const file = { name, mediaType: "text/csv", subjectType: IMPORT_SUBJECT, subjectId: id, stream: csvOf(errorLines(header, wrong)) };
  await keepMadeFile(ctx, file, async (tx, { fileId }) => {
    await tx.db.syncImport.update({ where: { id }, data: { errorFileId: fileId } });
  });
};

// Somebody has changed the organisation since it was shown what the file would do: she looks again.
const refuseOutdated = async ({ db }: Ctx, { previewRunId }: Import, items: readonly Item[]): Promise<void> => {
  const preview = await db.syncRun.findUnique({ where: { id: previewRunId ?? "" }, select: { counts: true } });
  const [shown, planned] = [preview?.counts as Record<string, number> | undefined, countsOf(items)];
  const keys = new Set([...Object.keys(shown ?? {}), ...Object.keys(planned)]);
  if ([...keys].some((key) => shown?.[key] !== planned[key])) throw syncErrors.importOutdated();
};

/** Reads a file as a source: what its rows would change, or the reverse of what they have changed. */
export const readFile: Reader = async (ctx, run, signal, seen) => {
  const row = await findOfRun(ctx, run.id);
  if (!row) throw syncErrors.importNotFound();
  if (row.undoRunId === run.id && row.runId) return decidedOf(NOBODY, await planUndo(ctx, row.runId));
  const rows = await readRows(ctx, row, signal, seen);
  const { desired, items } = await planImport(ctx, rows.slice(1), (row.fields ?? []) as (FileField | null)[]);
  if (row.runId === run.id) await refuseOutdated(ctx, row, items);
  else await keepErrors(ctx, row, rows, items);
  return decidedOf(desired, items);
};
