import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { csvRow } from "./tables";

type Rows = Iterable<readonly string[]> | AsyncIterable<readonly string[]>;

const MARK = "\ufeff";
const BLOCK = 65_536;

// A compressor that is given row by row takes twenty times as long.
async function* inBlocks(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let block = "";
  for await (const text of texts) {
    block += text;
    if (block.length < BLOCK) continue;
    yield block;
    block = "";
  }
  if (block !== "") yield block;
}

async function* csvText(rows: Rows): AsyncGenerator<string> {
  yield MARK;
  for await (const row of rows) yield csvRow(row);
}

/** A CSV file in UTF-8 with the mark by which spreadsheets know it, made while it is read. */
export const csvOf = (rows: Rows): Readable => Readable.from(inBlocks(csvText(rows)), { objectMode: false });

const SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const relation = (type: string, target: string): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`;

const PARTS: Readonly<Record<string, string>> = {
  "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
  "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
  "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
  "xl/workbook.xml": `${HEAD}<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
};

// Characters that XML can't hold, in no way of writing them, and halves of characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const xmlText = (text: string): string => text.replace(NOT_XML, "").replace(/[&<>]/g, (one) => ENTITIES[one] ?? "");

// Each cell is text: neither a formula nor a number, so that 007 stays 007.
const sheetRow = (cells: readonly string[]): string =>
  `<row>${cells.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`).join("")}</row>`;

async function* sheetText(rows: Rows): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${SHEET}"><sheetData>`;
  for await (const row of rows) yield sheetRow(row);
  yield "</sheetData></worksheet>";
}

/** A workbook with one sheet of these rows, made while it is read. What goes wrong in the rows ends the stream with that error. */
export const xlsxOf = (rows: Rows): Readable => {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  for (const [name, text] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(text), name);
  zip.addReadStreamLazy("xl/worksheets/sheet1.xml", {}, (give) => {
    const sheet = Readable.from(inBlocks(sheetText(rows)), { objectMode: false });
    sheet.once("error", (error) => output.destroy(error));
    output.once("close", () => sheet.destroy());
    give(null, sheet);
  });
  zip.end();
  return output;
};
