import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { FileTypeParser } from "file-type/node";

/** Bytes that can be read again, from any place; `read` gives a stream of bytes, not of objects. */
export type ByteSource = { readonly sizeBytes: number; read(range?: { readonly start: number; readonly end: number }): Readable };

/** Bytes that are in memory already. */
export const inMemory = (bytes: Uint8Array): ByteSource => ({
  sizeBytes: bytes.byteLength,
  read: ({ start, end } = { start: 0, end: bytes.byteLength - 1 }) =>
    Readable.from(
      [bytes.subarray(start, end + 1)].filter(({ byteLength }) => byteLength > 0),
      { objectMode: false },
    ),
});

/** What a text is at its beginning: a browser or a shell would run the last four of these. Null when it is no text at all. */
export type TextKind = "plain" | "html" | "svg" | "xml" | "script";

// A file that makes the parser walk for ever is not worth knowing.
const DETECTION_MS = 5_000;

const bytesAt = async (source: ByteSource, start: number, length: number): Promise<Buffer> =>
  start >= source.sizeBytes ? Buffer.alloc(0) : buffer(source.read({ start, end: Math.min(start + length, source.sizeBytes) - 1 }));

// Formats that Korean offices use and file-type does not know.
const KOREAN_MAGIC: readonly (readonly [magic: string, mediaType: string])[] = [
  ["HWP Document File V", "application/x-hwp-v3"],
  ["ALZ\u0001", "application/x-alz"],
  ["EGGA", "application/x-egg"],
];

const SECTOR_SHIFT_AT = 30;
const DIRECTORY_SECTOR_AT = 48;
const CLASS_ID_AT = 80;
// {000C1084-0000-0000-C000-000000000046}, the class of a Windows installer package: a program in the container of a document.
const INSTALLER_CLASS_IDS = new Set(["84100c0000000000c000000000000046", "86100c0000000000c000000000000046"]);

const isInstaller = async (source: ByteSource, head: Buffer): Promise<boolean> => {
  if (head.length < 512) return false;
  const sectorSize = 2 ** Math.min(head.readUInt16LE(SECTOR_SHIFT_AT), 12);
  const rootEntryAt = (head.readUInt32LE(DIRECTORY_SECTOR_AT) + 1) * sectorSize;
  return INSTALLER_CLASS_IDS.has((await bytesAt(source, rootEntryAt + CLASS_ID_AT, 16)).toString("hex"));
};

/** The type that a ZIP declares in its first entry, `mimetype`, stored without compression: OpenDocument, EPUB and HWPX do. */
const declaredInZip = (head: Buffer): string | null => {
  if (head.length < 38 || head.toString("latin1", 30, 38) !== "mimetype" || head.readUInt16LE(26) !== 8 || head.readUInt16LE(8) !== 0)
    return null;
  const start = 38 + head.readUInt16LE(28);
  return head.toString("latin1", start, start + Math.min(head.readUInt32LE(18), 100));
};

const parse = async (source: ByteSource): Promise<string | null> => {
  const stream = source.read();
  try {
    const found = await new FileTypeParser({ signal: AbortSignal.timeout(DETECTION_MS) }).fromStream(stream);
    return found?.mime ?? null;
  } catch {
    // Broken containers and timeouts end here: what can't be recognised has no type.
    return null;
  } finally {
    stream.destroy();
  }
};

/** The media type that the magic bytes of a binary file say, or null. Name and declared type play no part. */
export const detectSignature = async (source: ByteSource): Promise<string | null> => {
  const head = await bytesAt(source, 0, 4_096);
  const start = head.toString("latin1", 0, 32);
  const korean = KOREAN_MAGIC.find(([magic]) => start.startsWith(magic));
  if (korean) return korean[1];
  const found = await parse(source);
  if (found === "application/x-cfb" && (await isInstaller(source, head))) return "application/x-msi";
  if (found === "application/zip" && declaredInZip(head) === "application/hwp+zip") return "application/hwp+zip";
  return found;
};

// The names that the WHATWG sniffing standard calls scriptable, and SVG.
const HTML_START = /^<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\s>/]|^<!--/i;
const SVG_START =
  /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!doctype svg[^>]*(?:\[[\s\S]*?\]\s*)?>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:\w+:)?svg[\s>/]/i;
const XML_START = /^<\?xml/i;
const SCRIPT_START = /^#!/;
const LOOK_AT_CHARACTERS = 4_096;

const kindOfStart = (text: string): TextKind => {
  const start = text.trimStart();
  if (SVG_START.test(start)) return "svg";
  if (HTML_START.test(start)) return "html";
  if (XML_START.test(start)) return "xml";
  return SCRIPT_START.test(start) ? "script" : "plain";
};

// Control characters that no text has; tab, line feed, form feed, carriage return and escape (coloured logs) are text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_TEXT = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f\ufffe\uffff]/;

/** Decodes as one encoding until a byte does not fit. */
class Candidate {
  readonly #decoder: TextDecoder;
  start = "";
  isPossible = true;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  take(chunk: Uint8Array, isLast: boolean): void {
    if (!this.isPossible) return;
    try {
      const text = this.#decoder.decode(chunk, { stream: !isLast });
      if (NOT_TEXT.test(text)) this.isPossible = false;
      if (this.start.length < LOOK_AT_CHARACTERS) this.start += text.slice(0, LOOK_AT_CHARACTERS);
    } catch {
      this.isPossible = false;
    }
  }
}

const encodingsFor = (head: Buffer): readonly string[] => {
  if (head[0] === 0xff && head[1] === 0xfe) return ["utf-16le"];
  if (head[0] === 0xfe && head[1] === 0xff) return ["utf-16be"];
  // CP949 is what Korean Windows programs still write; the label means windows-949 in the encoding standard.
  return ["utf-8", "euc-kr"];
};

/** Reads a file whole as text in UTF-8, UTF-16 with its mark, or CP949; null when it is none of them. */
export const classifyText = async (source: ByteSource): Promise<TextKind | null> => {
  const head = await bytesAt(source, 0, 2);
  const candidates = encodingsFor(head).map((encoding) => new Candidate(encoding));
  for await (const chunk of source.read()) {
    for (const candidate of candidates) candidate.take(chunk as Uint8Array, false);
    if (!candidates.some(({ isPossible }) => isPossible)) return null;
  }
  for (const candidate of candidates) candidate.take(new Uint8Array(), true);
  const read = candidates.find(({ isPossible }) => isPossible);
  return read ? kindOfStart(read.start) : null;
};
