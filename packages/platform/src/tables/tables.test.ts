import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { deflateRawSync } from "node:zlib";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { detectText, readCsv } from "./csv";
import { csvRow, TABLE_LIMITS, type TableRow } from "./tables";
import { csvOf, xlsxOf } from "./write-tables";
import { readXlsx } from "./xlsx";

const all = async (rows: AsyncIterable<TableRow>): Promise<TableRow[]> => {
  const found: TableRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
};
const opening = (bytes: Buffer | string) => () => Readable.from([Buffer.from(bytes)], { objectMode: false });
const csv = async (bytes: Buffer | string, limits = TABLE_LIMITS) => {
  const open = opening(bytes);
  const format = await detectText(open);
  return { format, rows: await all(readCsv(open, format, limits)) };
};
const HARD = [
  ["사번", "이름", "비고"],
  ["M001", "홍길동", '큰따옴표 " 와, 쉼표'],
  ["007", "똠방각하 펲", "두\r\n줄"],
  ["M003", "=HYPERLINK(1)", "+82-10-1234-5678"],
];

describe("a CSV file", () => {
  it.each([
    ["utf-8", false, Buffer.from("사번,이름\r\nM1,홍길동\r\n")],
    ["utf-8", true, Buffer.from("\ufeff사번,이름\r\nM1,홍길동\r\n")],
    ["cp949", false, iconv.encode("사번,이름\r\nM1,홍길동\r\n", "cp949")],
    ["utf-16le", true, iconv.encode("사번,이름\r\nM1,홍길동\r\n", "utf-16le", { addBOM: true })],
  ])("is read in %s, and told so", async (encoding, hasMark, bytes) => {
    const { format, rows } = await csv(bytes);
    expect(format).toEqual({ encoding, hasMark, delimiter: "," });
    expect(rows).toEqual([
      { number: 1, cells: ["사번", "이름"] },
      { number: 2, cells: ["M1", "홍길동"] },
    ]);
  });

  it("is read with syllables that only Windows' own CP949 has", async () => {
    expect((await csv(iconv.encode("이름\n똠방각하 펲", "cp949"))).rows[1]?.cells).toEqual(["똠방각하 펲"]);
  });

  it.each([",", "\t", ";", "|"])("is parted by %j", async (delimiter) => {
    const { format, rows } = await csv(`사번${delimiter}"이름, 성 포함"\nM1${delimiter}홍`);
    expect(format.delimiter).toBe(delimiter);
    expect(rows.map(({ cells }) => cells.length)).toEqual([2, 2]);
  });

  it("keeps the numbers of its rows where lines are empty or broken within quotes", async () => {
    expect((await csv('a,b\r\n\r\n"두\n줄",2\r\nc,d')).rows).toEqual([
      { number: 1, cells: ["a", "b"] },
      { number: 3, cells: ["두\n줄", "2"] },
      { number: 4, cells: ["c", "d"] },
    ]);
  });

  it("is refused where a quote stays open, where it is too wide, too long, or empty", async () => {
    await expect(csv('a,b\nc,"d\ne,f')).rejects.toMatchObject({ code: "tables.quoteOpen", details: { row: 2 } });
    await expect(csv("")).rejects.toMatchObject({ code: "tables.empty" });
    const narrow = { ...TABLE_LIMITS, rows: 2, columns: 2, cellLength: 5 };
    await expect(csv("a,b,c", narrow)).rejects.toMatchObject({ code: "tables.tooManyColumns" });
    await expect(csv("a,b\nc\nd\ne", narrow)).rejects.toMatchObject({ code: "tables.tooManyRows", details: { limit: 2 } });
    await expect(csv("a,bbbbbb", narrow)).rejects.toMatchObject({ code: "tables.cellTooLong", details: { row: 1 } });
  });
});

describe("what is written", () => {
  it("comes back from a CSV file as it was, and holds no formula there", async () => {
    const written = (await buffer(csvOf(HARD))).toString();
    expect(written.startsWith('\ufeff"사번","이름","비고"\r\n')).toBe(true);
    expect(written).toContain(`"'=HYPERLINK(1)","'+82-10-1234-5678"`);
    expect((await csv(written)).rows.map(({ cells }) => cells)).toEqual(HARD);
  });

  it("comes back from a workbook as it was", async () => {
    const rows = [...HARD, ["<&>", "", "끝"]];
    const read = await all(readXlsx(await buffer(xlsxOf(rows))));
    expect(read.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(read.map(({ cells }) => cells.map((cell) => cell.replace(/\r\n/gu, "\n")))).toEqual(
      rows.map((row) => row.map((cell) => cell.replace(/\r\n/gu, "\n"))),
    );
  });

  it("ends with the error of its rows", async () => {
    const broken = async function* () {
      yield ["a"];
      throw new Error("no more");
    };
    await expect(buffer(xlsxOf(broken()))).rejects.toThrow("no more");
    await expect(buffer(csvOf(broken()))).rejects.toThrow("no more");
  });
});

/** A ZIP of one part, whose size is told as `told` bytes. */
const zipOfOne = (name: string, bytes: Buffer, told = bytes.length): Buffer => {
  const packed = deflateRawSync(bytes);
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(told, 18);
  head.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), head, Buffer.from(name), packed]);
  const central = Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), head, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
};

const SHEET = "xl/worksheets/sheet1.xml";
const sheet = (rows: string): Buffer => Buffer.from(`<worksheet><sheetData>${rows}</sheetData></worksheet>`);

describe("a workbook", () => {
  it("is read with numbers, gaps and prefixes", async () => {
    const rows =
      '<x:row r="3"><x:c r="B3"><x:v>1001</x:v></x:c><x:c r="D3" t="b"><x:v>1</x:v></x:c><x:c t="str"><x:v>ab</x:v></x:c></x:row>';
    expect(await all(readXlsx(zipOfOne(SHEET, sheet(rows))))).toEqual([{ number: 3, cells: ["", "1001", "", "TRUE", "ab"] }]);
  });

  it("is refused as a bomb: by what it says of itself, and by what it hides", async () => {
    const large = sheet(`<row><c t="str"><v>${"0".repeat(5_000_000)}</v></c></row>`);
    const limits = { ...TABLE_LIMITS, unpackedBytes: 1_000_000 };
    await expect(all(readXlsx(zipOfOne(SHEET, large), limits))).rejects.toMatchObject({ code: "tables.tooLarge" });
    await expect(all(readXlsx(zipOfOne(SHEET, large, 1_000), limits))).rejects.toMatchObject({ code: "tables.unreadable" });
  });

  it("is refused where it is none, broken, or brings words of its own", async () => {
    await expect(all(readXlsx(Buffer.from("PK no zip")))).rejects.toMatchObject({ code: "tables.unreadable" });
    await expect(all(readXlsx(zipOfOne(SHEET, Buffer.from("<worksheet><row>"))))).rejects.toMatchObject({ code: "tables.unreadable" });
    const entities = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><row><c t="str"><v>&b;</v></c></row></worksheet>`;
    await expect(all(readXlsx(zipOfOne(SHEET, Buffer.from(entities))))).rejects.toMatchObject({ code: "tables.unreadable" });
    const far = '<row r="1"><c r="XFD1"><v>1</v></c></row>';
    await expect(all(readXlsx(zipOfOne(SHEET, sheet(far))))).rejects.toMatchObject({ code: "tables.tooManyColumns" });
  });
});

describe("a row of CSV", () => {
  it("keeps commas, quotes and lines inside their cells", () => expect(csvRow(["a,b", 'c"d', "e\nf"])).toBe('"a,b","c""d","e\nf"\r\n'));
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠a"])("has no formula: %j", (text) =>
    expect(csvRow([text])).toBe(`"'${text}"\r\n`),
  );
  it("leaves other text alone", () => expect(csvRow(["a=1", "가-나", ""])).toBe('"a=1","가-나",""\r\n'));
});
