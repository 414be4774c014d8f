import { createHash } from "node:crypto";
import sharp from "sharp";

export type Drawing = { readonly svg: string; readonly width: number; readonly height: number; readonly format: "jpeg" | "png" };
export type RenderedPicture = {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly mediaType: string;
  readonly extension: string;
};

/** Turns a drawing of our own into the bytes that a camera or a program would have made. (An SVG that somebody uploads is never rendered.) */
export const render = async ({ svg, width, height, format }: Drawing): Promise<RenderedPicture> => {
  const image = sharp(Buffer.from(svg)).flatten({ background: "#fbfaf7" });
  const bytes = await (format === "jpeg"
    ? image.jpeg({ quality: 84 })
    : image.png({ compressionLevel: 6, palette: true, effort: 1 })
  ).toBuffer();
  return {
    bytes,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    width,
    height,
    mediaType: `image/${format}`,
    extension: format === "jpeg" ? "jpg" : "png",
  };
};
