import { promisify } from "node:util";
import { SaxesParser } from "saxes";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { TABLE_LIMITS, type TableLimits, type TableRow, tablesErrors, tidyRow } from "./tables";

const openZip = promisify<Buffer, { lazyEntries: true }, ZipFile>(fromBuffer);
/** A workbook has some dozens of parts. */
const MOST_PARTS = 2_000;

type Workbook = { readonly zip: ZipFile; readonly parts: ReadonlyMap<string, Entry> };

const listParts = (zip: ZipFile, limits: TableLimits): Promise<Map<string, Entry>> =>
  new Promise((resolve, reject) => {
    const parts = new Map<string, Entry>();
    let unpacked = 0;
    zip.on("entry", (entry: Entry) => {
      unpacked += entry.uncompressedSize;
      // What the parts say of themselves; yauzl ends the reading of one that is larger than it says.
      if (parts.size >= MOST_PARTS || unpacked > limits.unpackedBytes) return reject(tablesErrors.tooLarge());
      parts.set(entry.fileName.toLowerCase(), entry);
      zip.readEntry();
    });
    zip.once("end", () => resolve(parts));
    zip.once("error", reject);
    zip.readEntry();
  });

type Part = {
  readonly open: (name: string, attributes: Record<string, string>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

/** Walks over a part of the workbook as XML, chunk by chunk; yields after each, so that whoever reads rows can take them. */
async function* walk({ zip, parts }: Workbook, name: string, { open, text, close }: Part): AsyncGenerator<void> {
  const entry = parts.get(name.toLowerCase());
  if (!entry) return;
  const parser = new SaxesParser({ fragment: false });
  let failure: Error | undefined;
  parser.on("error", (error) => {
    failure ??= error;
  });
  // Parts may be written with a prefix for each name (`x:row`).
  const local = (tag: string) => tag.slice(tag.indexOf(":") + 1);
  parser.on("opentag", ({ name: tag, attributes }) => open(local(tag), attributes as Record<string, string>));
  if (text) parser.on("text", text);
  if (close) parser.on("closetag", ({ name: tag }) => close(local(tag)));
  const stream = await promisify(
    zip.openReadStream.bind(zip) as (entry: Entry, done: (error: Error | null, stream: NodeJS.ReadableStream) => void) => void,
  )(entry);
  const decoder = new TextDecoder("utf-8");
  try {
    for await (const chunk of stream) {
      parser.write(decoder.decode(chunk as Buffer, { stream: true }));
      if (failure) throw failure;
      yield;
    }
    parser.close();
    if (failure) throw failure;
  } finally {
    (stream as unknown as { destroy(): void }).destroy();
  }
  yield;
}

const readPart = async (workbook: Workbook, name: string, part: Part): Promise<void> => {
  for await (const _ of walk(workbook, name, part));
};

/** Where the first sheet that is not hidden lies. */
const findSheet = async (workbook: Workbook): Promise<string> => {
  let relation: string | undefined;
  await readPart(workbook, "xl/workbook.xml", {
    open: (name, attributes) => {
      if (name === "sheet" && (attributes.state ?? "visible") === "visible") relation ??= attributes["r:id"];
    },
  });
  let target = "worksheets/sheet1.xml";
  await readPart(workbook, "xl/_rels/workbook.xml.rels", {
    open: (name, { Id, Target }) => {
      if (name === "Relationship" && Id === relation && Target) target = Target;
    },
  });
  return target.startsWith("/") ? target.slice(1) : `xl/${target}`;
};

/** The texts that cells name by number. What is said of how they are read aloud (`rPh`) is not part of them. */
const readTexts = async (workbook: Workbook, limits: TableLimits): Promise<string[]> => {
  const texts: string[] = [];
  let current = "";
  let isText = false;
  let isPhonetic = false;
  await readPart(workbook, "xl/sharedstrings.xml", {
    open: (name) => {
      if (name === "si") current = "";
      if (name === "rPh") isPhonetic = true;
      isText = name === "t" && !isPhonetic;
    },
    text: (text) => {
      if (isText) current += text;
      if (current.length > limits.cellLength * 2) throw tablesErrors.cellTooLong({ limit: limits.cellLength });
    },
    close: (name) => {
      if (name === "si") texts.push(current);
      if (name === "rPh") isPhonetic = false;
      isText = false;
    },
  });
  return texts;
};

const LETTERS = /^[A-Z]{1,3}/u;
const columnOf = (reference: string | undefined, next: number): number => {
  const letters = reference === undefined ? undefined : LETTERS.exec(reference)?.[0];
  return letters ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 : next;
};

// A number stands as it was computed; an employee number of nine digits is written out and not as 1.23e8.
const numberText = (text: string): string => (/^-?\d+$/u.test(text) || !Number.isFinite(Number(text)) ? text : String(Number(text)));

const cellText = (type: string | undefined, raw: string, texts: readonly string[]): string => {
  if (type === "s") return texts[Number(raw)] ?? "";
  if (type === "b") return raw === "1" ? "TRUE" : "FALSE";
  return type === undefined || type === "n" ? numberText(raw) : raw;
};

/** Makes rows of the elements of a sheet; `take` gives those that are complete. */
const rowsOf = (texts: readonly string[], limits: TableLimits): Part & { take(): TableRow[] } => {
  let rows: TableRow[] = [];
  let [number, column, raw, isValue] = [0, 0, "", false];
  let cells: string[] = [];
  let type: string | undefined;
  return {
    open: (name, attributes) => {
      if (name === "row") {
        number = Number(attributes.r ?? number + 1);
        cells = [];
        column = -1;
      } else if (name === "c") {
        column = columnOf(attributes.r, column + 1);
        // A cell that is far to the right would fill the row with nothing.
        if (column >= limits.columns * 10) throw tablesErrors.tooManyColumns({ row: number, limit: limits.columns });
        type = attributes.t;
        raw = "";
      }
      isValue = name === "v" || (name === "t" && type === "inlineStr");
    },
    text: (text) => {
      if (isValue) raw += text;
    },
    close: (name) => {
      if (name === "c") {
        while (cells.length < column) cells.push("");
        cells[column] = cellText(type, raw, texts);
      }
      if (name === "row") {
        const row = tidyRow(number, cells, limits);
        if (row) rows.push(row);
      }
      isValue = false;
    },
    take: () => {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
};

const isOwn = (error: unknown): boolean => error instanceof Error && error.message.startsWith("tables.");

/**
 * The rows of the first visible sheet of a workbook, one after the other. The packed file is held whole, what is unpacked of it is not, besides
 * its shared texts; formulas are what they were computed to be. Throws one of `tablesErrors` for what is no workbook, or a bomb.
 */
export async function* readXlsx(packed: Buffer, limits: TableLimits = TABLE_LIMITS): AsyncGenerator<TableRow> {
  try {
    const zip = await openZip(packed, { lazyEntries: true });
    const workbook = { zip, parts: await listParts(zip, limits) };
    const texts = await readTexts(workbook, limits);
    const rows = rowsOf(texts, limits);
    for await (const _ of walk(workbook, await findSheet(workbook), rows)) yield* rows.take();
  } catch (error) {
    if (isOwn(error)) throw error;
    throw tablesErrors.unreadable();
  }
}
