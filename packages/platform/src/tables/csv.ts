import type { Readable } from "node:stream";
import { CsvError, type Info, parse } from "csv-parse";
import iconv from "iconv-lite";
import { TABLE_LIMITS, type TableLimits, type TableRow, tablesErrors, tidyRow } from "./tables";

export const ENCODINGS = ["utf-8", "utf-16le", "cp949"] as const;
const DELIMITERS = [",", "\t", ";", "|"] as const;
/** How a text file is written: what was found out about it is told to whoever uploaded it. */
export type TextFormat = {
  readonly encoding: (typeof ENCODINGS)[number];
  /** It begins with the mark that says its encoding. */
  readonly hasMark: boolean;
  readonly delimiter: (typeof DELIMITERS)[number];
};

const LOOK_AT_BYTES = 65_536;

// A reader that stops early leaves no open file behind.
async function* chunksOf(open: () => Readable): AsyncGenerator<Buffer> {
  const stream = open();
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } finally {
    stream.destroy();
  }
}

// Of all texts in CP949 hardly one is UTF-8 by chance, so what is UTF-8 to its end is that; nothing else tells the two apart.
const isUtf8 = async (open: () => Readable): Promise<boolean> => {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunksOf(open)) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
};

// The separator that the first line has most of; what stands between quotes is no separator.
const delimiterOf = (text: string): TextFormat["delimiter"] => {
  const line =
    text
      .replace(/"[^"]*"/gu, "")
      .split(/\r?\n|\r/u)
      .find((one) => one.trim() !== "") ?? "";
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
};

const startOf = async (open: () => Readable): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunksOf(open)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= LOOK_AT_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, LOOK_AT_BYTES);
};

/** Finds out how a text file is written: UTF-8, UTF-16 with its mark, or CP949, which Korean Windows programs still write. */
export const detectText = async (open: () => Readable): Promise<TextFormat> => {
  const start = await startOf(open);
  if (start.length === 0) throw tablesErrors.empty();
  const isUtf16 = start[0] === 0xff && start[1] === 0xfe;
  const hasMark = isUtf16 || (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf);
  const encoding = isUtf16 ? "utf-16le" : (await isUtf8(open)) ? "utf-8" : "cp949";
  return { encoding, hasMark, delimiter: delimiterOf(iconv.decode(start, encoding)) };
};

// Of the record that it could not read: those before it may not have been asked for yet.
const rowOf = (error: unknown): number => Number((error as CsvError).records ?? 0) + 1;

/**
 * The rows of a CSV file, one after the other, as they stand in it: quoted cells may hold separators and line breaks, lines end in any way.
 * Throws one of `tablesErrors` where it can't go on.
 */
export async function* readCsv(
  open: () => Readable,
  { encoding, delimiter }: TextFormat,
  limits: TableLimits = TABLE_LIMITS,
): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: limits.columns * limits.cellLength,
  });
  const source = open();
  const decoded = source.pipe(iconv.decodeStream(encoding) as unknown as NodeJS.ReadWriteStream);
  source.once("error", (error) => parser.destroy(error));
  decoded.pipe(parser);
  let number = 0;
  try {
    for await (const { record } of parser as AsyncIterable<Info & { record: string[] }>) {
      number += 1;
      const row = tidyRow(number, record, limits);
      if (row) yield row;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const isOpen = error.code === "CSV_QUOTE_NOT_CLOSED" || error.code === "CSV_MAX_RECORD_SIZE";
    throw (isOpen ? tablesErrors.quoteOpen : tablesErrors.unreadable)({ row: rowOf(error) });
  } finally {
    source.destroy();
    parser.destroy();
  }
}
