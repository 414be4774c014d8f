import { defineErrors } from "@maru/platform/errors";

/** What is wrong with a whole file, so that not a single row of it can be believed. */
export const tablesErrors = defineErrors("tables", {
  /** No table, or a broken one. */
  unreadable: "invalid",
  /** A quote that is opened and never closed: `row` is where the record begins that has no end. */
  quoteOpen: "invalid",
  tooManyRows: "invalid",
  tooManyColumns: "invalid",
  cellTooLong: "invalid",
  /** Unpacked it is far larger than what was uploaded. */
  tooLarge: "invalid",
  empty: "invalid",
});

/** A row as a spreadsheet shows it: `number` counts from 1 and counts empty rows, too; cells are text without white space around it. */
export type TableRow = { readonly number: number; readonly cells: readonly string[] };

/** How much of a file is read before it is refused. */
export type TableLimits = { readonly rows: number; readonly columns: number; readonly cellLength: number; readonly unpackedBytes: number };
export const TABLE_LIMITS: TableLimits = { rows: 100_000, columns: 100, cellLength: 2_000, unpackedBytes: 200 * 1024 * 1024 };

/** What a spreadsheet takes for the beginning of a formula, in its half and full widths. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const HARMLESS_FORMULA = /^'(?=[=+\-@\t\r＝＋－＠])/;

// Text that no spreadsheet takes for a formula.
const withoutFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
// Takes back what that has added.
const withFormula = (text: string): string => text.replace(HARMLESS_FORMULA, "");

/** A row within the limits; null for an empty one. Throws where it is too wide or a cell is too long. */
export const tidyRow = (number: number, cells: readonly string[], limits: TableLimits): TableRow | null => {
  if (number > limits.rows + 1) throw tablesErrors.tooManyRows({ limit: limits.rows });
  const tidied = cells.map((cell) => withFormula(cell.normalize("NFC").trim()));
  const width = tidied.findLastIndex((cell) => cell !== "") + 1;
  if (width === 0) return null;
  if (width > limits.columns) throw tablesErrors.tooManyColumns({ row: number, limit: limits.columns });
  if (tidied.some((cell) => cell.length > limits.cellLength)) throw tablesErrors.cellTooLong({ row: number, limit: limits.cellLength });
  return { number, cells: tidied.slice(0, width) };
};

/** A row of a CSV file as spreadsheets read it; no cell is taken for a formula. */
export const csvRow = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${withoutFormula(cell).replaceAll('"', '""')}"`).join(",")}\r\n`;
