import { type TableRow, tablesErrors } from "@maru/platform/tables";
import type { Ctx } from "../../../../tools";
import type { Found } from "../../contract";
import { guessFields } from "../../files/headers";
import { SYNC_HINT } from "../run-notes";
import { faultOf, type OpenTable, openTable } from "./open-table";

const SAMPLES = 3;
const SAMPLE_LENGTH = 80;

const foundIn = async ({ format, text, rows }: OpenTable, signal: AbortSignal): Promise<Found> => {
  let header: TableRow | undefined;
  const samples: string[][] = [];
  let rowCount = 0;
  for await (const row of rows()) {
    signal.throwIfAborted();
    if (!header) {
      header = row;
      continue;
    }
    rowCount += 1;
    row.cells.forEach((cell, at) => {
      const shown = samples[at] ?? [];
      samples[at] = shown;
      if (cell !== "" && shown.length < SAMPLES) shown.push(cell.slice(0, SAMPLE_LENGTH));
    });
  }
  if (!header || rowCount === 0) throw tablesErrors.empty();
  const guesses = guessFields(header.cells);
  const columns = header.cells.map((name, at) => ({
    name: name.slice(0, SAMPLE_LENGTH),
    samples: samples[at] ?? [],
    guess: guesses[at] ?? null,
  }));
  return {
    format,
    encoding: text?.encoding ?? null,
    hasMark: text?.hasMark ?? false,
    delimiter: text?.delimiter ?? null,
    columns,
    rowCount,
  };
};

/** Finds out what is in an uploaded file: how it is written, what its columns are called, and whether it can be read to its end. */
export const lookInto = async (ctx: Ctx, { importId: id }: { importId: string }, signal: AbortSignal): Promise<void> => {
  const row = await ctx.db.syncImport.findUnique({ where: { id } });
  if (!row || row.found || row.fault) return;
  try {
    const found = await foundIn(await openTable(ctx, row), signal);
    await ctx.db.syncImport.update({ where: { id }, data: { found } });
  } catch (error) {
    const wrong = faultOf(error);
    if (!wrong) throw error;
    await ctx.db.syncImport.update({ where: { id }, data: { fault: wrong.fault, faultDetail: wrong.detail } });
  }
  ctx.tools.hints.publish(SYNC_HINT, id);
};
