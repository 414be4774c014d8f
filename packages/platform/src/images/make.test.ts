import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { MAX_FRAMES, SIZES } from "./images";
import { makeImage } from "./make";

const RED = { r: 200, g: 30, b: 30 };
const canvas = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: channels === 4 ? { ...RED, alpha: 0.5 } : RED } });

const moving = async (frames: number, side = 32): Promise<Buffer> => {
  const pictures = await Promise.all(
    Array.from({ length: frames }, (_, index) =>
      sharp({ create: { width: side, height: side, channels: 3, background: { r: (index * 37) % 255, g: index, b: 90 } } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(pictures, { join: { animated: true } })
    .gif()
    .toBuffer();
};

describe("makeImage", () => {
  it("makes every size as WebP, upright and never enlarged", async () => {
    const jpeg = await canvas(2_000, 1_000).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const image = await makeImage(jpeg, "image/jpeg");
    expect(image).toMatchObject({ width: 1_000, height: 2_000, frames: 1 });
    expect(image.variants.map(({ name, width, height }) => [name, width, height])).toEqual([
      ["64", 32, 64],
      ["256", 128, 256],
      ["512", 256, 512],
      ["1440", 720, 1_440],
    ]);
    for (const { bytes } of image.variants) expect((await sharp(bytes).metadata()).format).toBe("webp");
    const small = await makeImage(await canvas(40, 20).png().toBuffer(), "image/png");
    expect(small.variants.map(({ width, height }) => `${width}x${height}`)).toEqual(["40x20", "40x20", "40x20", "40x20"]);
    expect(Buffer.from(image.thumbhash, "base64").length).toBeGreaterThan(4);
  });

  it("strips all metadata: no variant says where a photo was taken", async () => {
    const jpeg = await canvas(600, 400)
      .withExif({ IFD0: { Make: "Phone", Model: "X" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "37/1 33/1 36/1", GPSLongitudeRef: "E" } })
      .withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
      .jpeg()
      .toBuffer();
    // The original really carries it: otherwise this would prove nothing.
    expect((await sharp(jpeg).metadata()).exif?.includes(Buffer.from("Phone"))).toBe(true);
    const { variants } = await makeImage(jpeg, "image/jpeg");
    expect(variants).toHaveLength(SIZES.length);
    for (const { bytes } of variants) {
      const metadata = await sharp(bytes).metadata();
      expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.icc, metadata.orientation]).toEqual(Array(5).fill(undefined));
      expect(Buffer.from(bytes).includes("Phone")).toBe(false);
    }
  });

  it("brings CMYK and sixteen bits to sRGB, and keeps what is see-through", async () => {
    const cmyk = await canvas(80, 80).toColourspace("cmyk").jpeg().toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
    const fromCmyk = await makeImage(cmyk, "image/jpeg");
    expect((await sharp(fromCmyk.variants[0]?.bytes).metadata()).space).toBe("srgb");
    const deep = await canvas(80, 80, 4).toColourspace("rgb16").png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe("ushort");
    const fromDeep = await makeImage(deep, "image/png");
    expect((await sharp(fromDeep.variants[0]?.bytes).metadata()).hasAlpha).toBe(true);
  });

  it("keeps the largest variant moving and makes the others a poster", async () => {
    const image = await makeImage(await moving(MAX_FRAMES), "image/gif");
    expect(image.frames).toBe(MAX_FRAMES);
    const pages = await Promise.all(image.variants.map(async ({ bytes }) => (await sharp(bytes).metadata()).pages ?? 1));
    expect(pages).toEqual([1, 1, 1, MAX_FRAMES]);
    expect(image.variants.at(-1)).toMatchObject({ width: 32, height: 32 });
  });

  it.each([
    ["one frame too many", () => moving(MAX_FRAMES + 1), "image/gif", "images.tooManyFrames"],
    [
      "more pixels than a picture may have",
      () => canvas(8_001, 8_000).png({ compressionLevel: 1 }).toBuffer(),
      "image/png",
      "images.tooManyPixels",
    ],
    ["another format than was said", () => canvas(10, 10).png().toBuffer(), "image/jpeg", "images.formatMismatch"],
    ["no picture at all", async () => Buffer.from("not a picture"), "image/png", "images.unreadable"],
    [
      "a drawing",
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      "image/svg",
      "images.unreadable",
    ],
    ["half a JPEG", async () => (await canvas(900, 900).jpeg().toBuffer()).subarray(0, 3_000), "image/jpeg", "images.unreadable"],
  ])("refuses %s", async (_name, bytes, mediaType, code) => {
    await expect(makeImage(await bytes(), mediaType)).rejects.toMatchObject({ code });
  });
});
