import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { isAppError } from "@maru/platform/errors";
import type { TableRow } from "@maru/platform/tables";
import { detectText, readCsv, type TextFormat } from "@maru/platform/tables/csv";
import { readXlsx } from "@maru/platform/tables/xlsx";
import type { Ctx } from "../../../../tools";
import { openFile } from "../../../files/service";
import { findActorForPerson } from "../../../identity/service";
import { syncErrors } from "../../contract";

/** A workbook is held whole while it is read. */
const MAX_WORKBOOK_BYTES = 30 * 1024 * 1024;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export type OpenTable = { readonly format: "CSV" | "XLSX"; readonly text: TextFormat | null; rows(): AsyncGenerator<TableRow> };

const openFor = async (ctx: Ctx, personId: string, fileId: string) => {
  // On behalf of whoever uploaded it: a file says nothing to the worker that it would not say to her.
  const actor = await findActorForPerson(ctx, personId);
  if (!actor) throw syncErrors.importNotFound();
  return openFile({ ...ctx, actor }, { id: fileId });
};

/** Opens an uploaded file as a table, whichever of the two kinds it is. Only the worker does this: it takes memory and time. */
export const openTable = async (
  ctx: Ctx,
  { uploadedById, fileId }: { readonly uploadedById: string; readonly fileId: string },
): Promise<OpenTable> => {
  const { mediaType, sizeBytes, read } = await openFor(ctx, uploadedById, fileId);
  if (mediaType === XLSX) {
    if (sizeBytes > MAX_WORKBOOK_BYTES) throw syncErrors.fileNotTable();
    return { format: "XLSX", text: null, rows: () => readXlsxOf(read) };
  }
  if (!mediaType.startsWith("text/")) throw syncErrors.fileNotTable();
  const text = await detectText(read);
  return { format: "CSV", text, rows: () => readCsv(read, text) };
};

async function* readXlsxOf(read: () => Readable): AsyncGenerator<TableRow> {
  yield* readXlsx(await buffer(read()));
}

/** What is wrong with a whole file, for whoever uploaded it; null for a fault that is worth trying again. */
export const faultOf = (error: unknown): { readonly fault: string; readonly detail: { readonly row: number | null } } | null => {
  if (!isAppError(error) || error.kind === "unavailable") return null;
  const { row } = error.details;
  return { fault: error.code, detail: { row: typeof row === "number" ? row : null } };
};
