import { open, writeFile } from "node:fs/promises";
import sharp from "sharp";

/** A photograph-like picture of 12 megapixels, several megabytes heavy, as a phone would send it. */
export const drawPhoto = async (path: string): Promise<void> => {
  const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
  const photo = sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: "#5577aa", noise } });
  await writeFile(path, await photo.blur(2).jpeg({ quality: 90 }).toBuffer());
};

/** A small picture of one colour. */
export const drawTile = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: colour } })
    .png()
    .toBuffer();

/** A file of this size that takes no room on the disk. */
export const writeHollowFile = async (path: string, sizeBytes: number): Promise<void> => {
  const file = await open(path, "w");
  await file.truncate(sizeBytes);
  await file.close();
};
