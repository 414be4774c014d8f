import sharp, { type Metadata, type SharpOptions } from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { isAppError } from "../errors/errors";
import { imageErrors, MAX_FRAMES, MAX_PIXELS, type MadeImage, type MadeVariant, SIZES } from "./images";

// One picture at a time and then a pause: a cache of decoded pictures would only be memory.
sharp.cache(false);
// Everything is blocked that is not meant to be decoded, whatever the bytes claim to be.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Webp", "Nsgif", "Heif", "Tiff"].map((loader) => `VipsForeignLoad${loader}Buffer`),
});

const LARGEST = SIZES[3];
const QUALITY: Readonly<Record<number, number>> = { [LARGEST]: 82 };
const DEFAULT_QUALITY = 80;
const THUMBHASH_SIDE = 100;
const TIMEOUT = { seconds: 15 };

const decoding: SharpOptions = { limitInputPixels: MAX_PIXELS, failOn: "warning", sequentialRead: true, autoOrient: true };
const inside = (side: number) => ({ width: side, height: side, fit: "inside" as const, withoutEnlargement: true });

const mediaTypeOf = ({ format, compression }: Metadata): string => {
  if (format === "heif") return compression === "av1" ? "image/avif" : "image/heic";
  return `image/${format}`;
};

/** Reads the header alone, and refuses by it what must not be decoded. */
const inspect = async (bytes: Uint8Array, mediaType: string): Promise<{ width: number; height: number; frames: number }> => {
  const metadata = await sharp(bytes, { ...decoding, limitInputPixels: false }).metadata();
  if (mediaTypeOf(metadata) !== mediaType) throw imageErrors.formatMismatch();
  // A TIFF has pages, of which the first is shown; the others have frames.
  const frames = metadata.format === "tiff" ? 1 : (metadata.pages ?? 1);
  if (frames > MAX_FRAMES) throw imageErrors.tooManyFrames({ frames, limit: MAX_FRAMES });
  if (metadata.width * (metadata.pageHeight ?? metadata.height) > MAX_PIXELS) throw imageErrors.tooManyPixels({ limit: MAX_PIXELS });
  const { width, height } = metadata.autoOrient;
  return { width, height: metadata.pageHeight ?? height, frames };
};

type Raw = { readonly data: Buffer; readonly info: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 } };

/** The one full decode: upright, sRGB, eight bits, no larger than the largest variant. */
const decode = async (bytes: Uint8Array): Promise<Raw> => {
  const { data, info } = await sharp(bytes, decoding)
    .timeout(TIMEOUT)
    .resize(inside(LARGEST))
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { data, info: { width: info.width, height: info.height, channels: info.channels as 1 | 2 | 3 | 4 } };
};

const fromRaw = ({ data, info }: Raw) => sharp(data, { raw: info });

const stillVariant = async (raw: Raw, side: number): Promise<MadeVariant> => {
  const { data, info } = await fromRaw(raw)
    .resize(inside(side))
    .webp({ quality: QUALITY[side] ?? DEFAULT_QUALITY })
    .toBuffer({ resolveWithObject: true });
  return { name: String(side), width: info.width, height: info.height, bytes: data };
};

/** The largest variant moves where every frame together stays within the pixels of one picture; the others are the poster. */
const movingVariant = async (bytes: Uint8Array): Promise<MadeVariant> => {
  const { data, info } = await sharp(bytes, { ...decoding, animated: true })
    .timeout(TIMEOUT)
    .resize(inside(LARGEST))
    .webp({ quality: QUALITY[LARGEST] ?? DEFAULT_QUALITY })
    .toBuffer({ resolveWithObject: true });
  return { name: String(LARGEST), width: info.width, height: info.pageHeight ?? info.height, bytes: data };
};

const thumbhashOf = async (raw: Raw): Promise<string> => {
  const { data, info } = await fromRaw(raw).resize(inside(THUMBHASH_SIDE)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64");
};

const asImageError = (error: unknown): unknown => {
  if (isAppError(error) || !(error instanceof Error)) return error;
  return /timeout/i.test(error.message) ? imageErrors.timedOut() : imageErrors.unreadable();
};

/**
 * Makes every variant of a picture, decoding it once. Pure: bytes in, bytes out. Hostile pictures must be given to it in a process of their
 * own (see contained.ts), because a decoder's memory obeys nobody.
 */
export const makeImage = async (bytes: Uint8Array, mediaType: string): Promise<MadeImage> => {
  try {
    const { width, height, frames } = await inspect(bytes, mediaType);
    const raw = await decode(bytes);
    const isMoving = frames > 1 && width * height * frames <= MAX_PIXELS;
    const variants = await Promise.all(
      SIZES.map((side) => (isMoving && side === LARGEST ? movingVariant(bytes) : stillVariant(raw, side))),
    );
    return { width, height, frames, thumbhash: await thumbhashOf(raw), variants };
  } catch (error) {
    throw asImageError(error);
  }
};
