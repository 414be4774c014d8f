import { createHash } from "node:crypto";
import { type ByteSource, inMemory } from "@maru/platform/content-type";
import { isAppError } from "@maru/platform/errors";
import { DECODED_TYPES, imageErrors, type MadeImage, PIPELINE } from "@maru/platform/images";
import type { Ctx, TxCtx } from "../../../tools";
import { allowedTypeOf, judgeContent } from "../allowed-types";
import { originalKey } from "../domain";
import { removeObjects } from "../jobs";
import { lockContent } from "./objects";
import { storeVariants } from "./pictures";

const SUBJECT = "directory.person";
const NAME = "photo.webp";
/** Larger than any portrait needs to be; who hands photos over holds several of them in memory. */
export const MAX_GIVEN_PHOTO_BYTES = 3 * 1024 * 1024;

/** Why no photo can be made of what was handed over. */
export type PhotoFault = "photoTooLarge" | "photoNotPicture" | "photoUnreadable";

const TOO_LARGE = new Set([imageErrors.tooManyPixels, imageErrors.tooManyFrames, imageErrors.tooMuchMemory].map((error) => error().code));

const mediaTypeOf = async (source: ByteSource): Promise<string | null> => {
  try {
    const mediaType = await judgeContent(allowedTypeOf(NAME), source);
    return DECODED_TYPES.some((decoded) => decoded === mediaType) ? mediaType : null;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
};

/**
 * Makes the pictures of a photo that somebody else's system hands over, in the worker's own decoder, or says why there are none. Nothing is
 * stored yet, and nothing of the bytes themselves ever is.
 */
export const makePhoto = async (
  { tools }: Pick<Ctx, "tools">,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<MadeImage | PhotoFault> => {
  if (bytes.byteLength > MAX_GIVEN_PHOTO_BYTES) return "photoTooLarge";
  const source = inMemory(bytes);
  const mediaType = await mediaTypeOf(source);
  if (mediaType === null) return "photoNotPicture";
  try {
    return await tools.images.make({ sizeBytes: source.sizeBytes, mediaType, open: () => source.read() }, signal);
  } catch (error) {
    // Any other trouble than with this picture is no word about it.
    if (!isAppError(error) || error.kind !== "invalid") throw error;
    return TOO_LARGE.has(error.code) ? "photoTooLarge" : "photoUnreadable";
  }
};

type Place = { readonly fileId: string; readonly personId: string };

/**
 * Keeps a photo that was made for somebody as a file of hers. The largest picture is its original: where it was taken, and by which camera, is
 * in none of what is kept.
 */
export const keepPhoto = async (tx: TxCtx, { fileId, personId }: Place, image: MadeImage): Promise<void> => {
  const largest = image.variants.at(-1);
  if (!largest) throw new Error("a photo without pictures");
  const { bytes, width, height } = largest;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await lockContent(tx, sha256);
  await tx.tools.storage.write(originalKey(sha256), bytes);
  await storeVariants(tx, sha256, image);
  const made = {
    sizeBytes: bytes.byteLength,
    sha256,
    width,
    height,
    thumbhash: image.thumbhash,
    pipeline: PIPELINE,
    state: "READY",
  } as const;
  const place = { ownerId: personId, subjectType: SUBJECT, subjectId: personId };
  await tx.db.file.create({ data: { id: fileId, name: NAME, mediaType: "image/webp", ...place, ...made } });
};

/** Removes a photo that nobody shows any more, with its bytes. */
export const removePhoto = async (tx: TxCtx, { fileId, personId }: Place): Promise<void> => {
  const where = { id: fileId, subjectType: SUBJECT, subjectId: personId };
  const file = await tx.db.file.findFirst({ where, select: { sha256: true } });
  if (!file) return;
  await tx.db.file.delete({ where: { id: fileId } });
  tx.enqueue(removeObjects, { sha256: file.sha256 });
};
