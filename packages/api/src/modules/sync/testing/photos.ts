import { buffer } from "node:stream/consumers";
import { makeImage } from "@maru/platform/images/make";
import sharp from "sharp";
import type { TestMaru } from "../../../testing/testing";

/** The same Maru with somebody who makes pictures, in this very process. */
export const withImages = (test: TestMaru): TestMaru => ({
  ...test,
  contextFor: (...args) => {
    const ctx = test.contextFor(...args);
    const images = {
      make: async ({ open, mediaType }: { open: () => NodeJS.ReadableStream; mediaType: string }) =>
        makeImage(await buffer(open()), mediaType),
      close: async () => {},
    };
    return { ...ctx, tools: { ...ctx.tools, images } };
  },
});

/** A portrait in this colour that says who took it and where. */
export const drawPortrait = (background: string, side = 96): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 3, background } })
    .withExif({ IFD0: { Make: "SecretPhone" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "37/1 33/1 36/1" } })
    .jpeg()
    .toBuffer();

/** A JPEG that says of itself to be larger than anybody decodes. */
export const drawBomb = async (): Promise<Buffer> => {
  const bytes = await drawPortrait("#000000");
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(60_000, frame + 5);
  bytes.writeUInt16BE(60_000, frame + 7);
  return bytes;
};

/** What begins as a JPEG and is none. */
export const drawRubbish = (sizeBytes = 2_000): Buffer =>
  Buffer.concat([Buffer.from("ffd8ffe000104a46494600010101004800480000", "hex"), Buffer.alloc(sizeBytes, 0x5a)]);
