import { crc32, deflateSync } from "node:zlib";

// Writers of the few formats that hostile files are made of; they write what they are told, true or not.

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const pngChunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
};

const PNG_SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

/** A grey PNG that claims this size; its pixels are `rows` rows of zeros, however many it claims. */
export const craftPng = (claimed: {
  width: number;
  height: number;
  rows?: number;
  extra?: readonly (readonly [type: string, data: Uint8Array])[];
}): Buffer => {
  const { width, height, rows = height, extra = [] } = claimed;
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([8, 0, 0, 0, 0])]);
  const pixels = deflateSync(Buffer.alloc((width + 1) * rows), { level: 9 });
  const chunks = [
    pngChunk("IHDR", header),
    ...extra.map(([type, data]) => pngChunk(type, data)),
    pngChunk("IDAT", pixels),
    pngChunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([PNG_SIGNATURE, ...chunks]);
};

/** A compressed text chunk that unpacks to this many bytes. */
export const compressedText = (sizeBytes: number): Buffer =>
  Buffer.concat([Buffer.from("Comment\0\0", "latin1"), deflateSync(Buffer.alloc(sizeBytes, 65), { level: 9 })]);

type ClaimedGif = { readonly width: number; readonly height: number; readonly frames: number; readonly frameSide?: number };

/** A GIF that claims this canvas, and frames of this side whose data are one pixel. */
export const craftGif = ({ width, height, frames, frameSide = 1 }: ClaimedGif): Buffer => {
  const screen = Buffer.from("GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  screen.writeUInt16LE(width, 6);
  screen.writeUInt16LE(height, 8);
  const control = Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0]);
  const picture = Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0x44, 1, 0]);
  picture.writeUInt16LE(frameSide, 5);
  picture.writeUInt16LE(frameSide, 7);
  return Buffer.concat([screen, ...Array.from({ length: frames }, () => [control, picture]).flat(), Buffer.from([0x3b])]);
};

/** A ZIP of stored entries. */
export const craftZip = (entries: Readonly<Record<string, string | Uint8Array>>): Buffer => {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const data = Buffer.from(content as Uint8Array);
    const nameBytes = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from("504b0304", "hex"), fields, nameBytes, data]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from("504b01021400", "hex"), fields, place, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(locals.length, 8);
  end.writeUInt16LE(locals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
};

/** An office document whose content types name this part. */
export const craftOffice = (contentType: string): Buffer =>
  craftZip({
    "[Content_Types].xml": `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="${contentType}.main+xml"/></Types>`,
    "word/document.xml": "<w:document/>",
  });

/** The container of older office documents, whose root says what program it belongs to. */
export const craftCompound = (rootClassId = "00".repeat(16)): Buffer => {
  const file = Buffer.alloc(512 * 4);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  Buffer.from(rootClassId, "hex").copy(file, 2 * 512 + 80);
  return file;
};

/** The beginning of a JPEG that claims this size, and nothing behind it. */
export const craftJpegHeader = (width: number, height: number): Buffer => {
  const frame = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0001108000000000301220002110103110 1".replaceAll(" ", ""), "hex");
  const at = frame.indexOf(Buffer.from("ffc0", "hex"));
  frame.writeUInt16BE(height, at + 5);
  frame.writeUInt16BE(width, at + 7);
  return Buffer.concat([frame, Buffer.from("ffda000c03010002110311003f00", "hex"), Buffer.alloc(64)]);
};

/** The beginning of a WebP whose canvas claims this size. */
export const craftWebpHeader = (width: number, height: number): Buffer => {
  const body = Buffer.alloc(10);
  body.writeUIntLE(width - 1, 4, 3);
  body.writeUIntLE(height - 1, 7, 3);
  const chunk = Buffer.concat([Buffer.from("VP8X\x0a\0\0\0", "latin1"), body, Buffer.from("VP8 \x10\0\0\0", "latin1"), Buffer.alloc(16)]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(chunk.length + 4);
  return Buffer.concat([Buffer.from("RIFF"), size, Buffer.from("WEBP"), chunk]);
};

/** A TIFF whose directory of pictures leads back to itself. */
export const craftCyclicTiff = (): Buffer => Buffer.from("49492a0008000000010000010300010000000100000008000000", "hex");

/** The box that calls itself an AVIF picture, and noise. */
export const craftAvifNoise = (): Buffer =>
  Buffer.concat([Buffer.from("\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", "latin1"), Buffer.alloc(400, 0x5a)]);
