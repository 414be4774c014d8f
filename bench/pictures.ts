import sharp from "sharp";
import type { Request } from "./load";

/** A 12-megapixel photograph-like JPEG: noise over gradients, so that it is neither trivially small nor hostile. */
export const drawPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 4000, height: 3000, channels: 3, background: "#5577aa", noise: { type: "gaussian", mean: 128, sigma: 40 } } })
    .blur(2)
    .jpeg({ quality: 88 })
    .toBuffer();

/** What the picture costs without Maru: decode once, derive the same four sizes. Milliseconds. */
export const measureBareSharp = async (photo: Buffer): Promise<number> => {
  const startedAt = performance.now();
  const { data, info } = await sharp(photo, { sequentialRead: true }).autoOrient().raw().toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } } as const;
  for (const [side, quality] of [
    [64, 80],
    [256, 80],
    [512, 80],
    [1440, 82],
  ] as const) {
    await sharp(data, raw).resize(side, side, { fit: "inside" }).webp({ quality }).toBuffer();
  }
  return performance.now() - startedAt;
};

/** From the first byte of the upload until the picture's sizes are there. Milliseconds. */
export const measureUploadToThumbnail = async (
  origin: string,
  cookie: string,
  photo: Buffer,
  getFile: (id: string) => Request,
): Promise<number> => {
  const startedAt = performance.now();
  const upload = await fetch(`${origin}/api/files`, {
    method: "POST",
    headers: {
      cookie,
      "content-type": "application/octet-stream",
      "maru-file-name": `photo-${startedAt.toFixed(0)}.jpg`,
      origin,
      "sec-fetch-site": "same-origin",
    },
    body: new Uint8Array(photo),
  });
  if (!upload.ok) throw new Error(`the upload was refused: ${upload.status} ${await upload.text()}`);
  const { id } = (await upload.json()) as { id: string };
  const { path, headers } = getFile(id);
  for (let attempt = 0; attempt < 2_000; attempt += 1) {
    const { result } = (await (await fetch(origin + path, { headers })).json()) as { result: { data: { state: string } } };
    if (result.data.state === "READY") return performance.now() - startedAt;
    if (result.data.state !== "PENDING") throw new Error(`the picture became ${result.data.state}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the thumbnail did not appear");
};
