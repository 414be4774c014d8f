import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type ByteSource, classifyText, detectSignature } from "./content-type";

// Chunks of an odd size, so that a character of several bytes is cut.
const source = (content: string | Uint8Array): ByteSource => {
  const bytes = Buffer.from(content as Uint8Array);
  return {
    sizeBytes: bytes.length,
    read: (range) => {
      const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
      const chunks = Array.from({ length: Math.ceil(part.length / 7) }, (_, index) => part.subarray(index * 7, index * 7 + 7));
      return Readable.from(chunks, { objectMode: false });
    },
  };
};

/** A ZIP local header of one stored entry, as OpenDocument and HWPX begin. */
const zipWith = (name: string, content: string): Buffer => {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(name.length, 26);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  return Buffer.concat([header, Buffer.from(name + content), end]);
};

const compoundFile = (classId: string): Buffer => {
  const file = Buffer.alloc(512 * 4);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  Buffer.from(classId, "hex").copy(file, 2 * 512 + 80);
  return file;
};

describe("detectSignature", () => {
  it.each([
    ["a PDF", Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj"), "application/pdf"],
    ["a GIF", Buffer.from("GIF89a\u0001\u0000\u0001\u0000"), "image/gif"],
    ["a Windows program", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]), "application/x-msdownload"],
    ["an HWP document of the third version", Buffer.from("HWP Document File V3.00 \u001a\u0001"), "application/x-hwp-v3"],
    ["an HWPX document", zipWith("mimetype", "application/hwp+zip"), "application/hwp+zip"],
    ["an OpenDocument text", zipWith("mimetype", "application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"],
    ["a ZIP", zipWith("readme.txt", "hello"), "application/zip"],
    ["an ALZip archive", Buffer.from("ALZ\u0001\n\u0000\u0000\u0000"), "application/x-alz"],
    ["a compound document", compoundFile("00".repeat(16)), "application/x-cfb"],
    ["an installer in the same container", compoundFile("84100c0000000000c000000000000046"), "application/x-msi"],
    ["text", Buffer.from("그냥 글"), null],
    ["nothing", Buffer.alloc(0), null],
  ])("knows %s", async (_name, bytes, expected) => {
    expect(await detectSignature(source(bytes))).toBe(expected);
  });
});

describe("classifyText", () => {
  it.each([
    ["Korean in UTF-8", "회의록: 다음 주 월요일 10시", "plain"],
    ["Korean in CP949", Buffer.from("b0a1b3aab4d90ac8b8c0c7b7cf", "hex"), "plain"],
    ["UTF-16 with its mark", Buffer.from("\ufeff이름,부서", "utf16le"), "plain"],
    ["a text that begins like a bitmap", "BMW 차량 목록", "plain"],
    ["markdown with markup inside", "# 제목\n\n<div>본문</div>", "plain"],
    ["a web page", "\ufeff \n<!DOCTYPE html><script>alert(1)</script>", "html"],
    ["a comment first", "<!-- x --><script>1</script>", "html"],
    ["a drawing", '<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"/>', "svg"],
    ["a drawing with a namespace", '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', "svg"],
    ["other XML", "<?xml version='1.0'?><root/>", "xml"],
    ["a shell script", "#!/bin/sh\nrm -rf /", "script"],
    ["bytes that are no text", Buffer.from("89504e470d0a1a0a0000", "hex"), null],
    ["a NUL in the middle", `${"a".repeat(10_000)}\0`, null],
    ["half a character at the end", Buffer.from("c8b8c0", "hex"), null],
  ])("reads %s", async (_name, content, expected) => {
    expect(await classifyText(source(content as Uint8Array))).toBe(expected);
  });
});
