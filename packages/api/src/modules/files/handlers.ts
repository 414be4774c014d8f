import { isAppError } from "@maru/platform/errors";
import { imageErrors, type MadeImage } from "@maru/platform/images";
import { type HandlersFor, handle } from "../../handling";
import type { Ctx } from "../../tools";
import type { FileReason } from "./contract";
import { originalKey, QUARANTINE } from "./domain";
import { generateThumbnail, type jobs, removeObjects, removeOrphans, removeUnreferenced } from "./jobs";
import type { FileRow } from "./queries";
import { removeUnreferencedOriginals, removeUnusedObjects } from "./service/objects";
import { findPendingPicture, keepPictures, refusePictures, removeUnattachedFiles } from "./service/pictures";

type Verdict = { readonly state: "UNSUPPORTED" | "QUARANTINED"; readonly reason: FileReason };

// What a refusal of the decoder means for the file. A picture that lies about itself or breaks its decoder is handed out to nobody; one that
// is only too much for it (50 megapixels of AVIF take 1 GB) is still somebody's picture.
const VERDICTS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  [imageErrors.tooManyPixels().code, { state: "UNSUPPORTED", reason: "files.imageTooLarge" }],
  [imageErrors.tooManyFrames().code, { state: "UNSUPPORTED", reason: "files.imageTooManyFrames" }],
  [imageErrors.unreadable().code, { state: "UNSUPPORTED", reason: "files.imageUnreadable" }],
  [imageErrors.timedOut().code, { state: "UNSUPPORTED", reason: "files.imageTimedOut" }],
  [imageErrors.formatMismatch().code, { state: "QUARANTINED", reason: "files.imageMismatch" }],
  [imageErrors.crashedDecoder().code, { state: "QUARANTINED", reason: "files.imageHarmful" }],
  [imageErrors.tooMuchMemory().code, { state: "UNSUPPORTED", reason: "files.imageTooLarge" }],
]);

/** The pictures, or what their refusal means; any other trouble is no fault of the file, and the job is tried again. */
const makePictures = async (ctx: Ctx, file: FileRow, signal: AbortSignal): Promise<MadeImage | Verdict> => {
  const { images, storage } = ctx.tools;
  const source = { sizeBytes: Number(file.size_bytes), mediaType: file.media_type, open: () => storage.read(originalKey(file.sha256)) };
  try {
    return await images.make(source, signal);
  } catch (error) {
    const verdict = isAppError(error) ? VERDICTS.get(error.code) : undefined;
    if (!verdict) throw error;
    ctx.log.warn({ fileId: file.id, ...verdict }, "a picture was refused");
    return verdict;
  }
};

export const handlers = {
  "files.generate-thumbnail": handle(generateThumbnail, async (ctx, { fileId }, signal) => {
    const file = await findPendingPicture(ctx, fileId);
    if (!file) return;
    const outcome = await makePictures(ctx, file, signal);
    await ("variants" in outcome ? keepPictures(ctx, file.sha256, outcome) : refusePictures(ctx, file.sha256, outcome));
  }),
  "files.remove-objects": handle(removeObjects, (ctx, { sha256 }) => removeUnusedObjects(ctx, sha256)),
  "files.remove-orphans": handle(removeOrphans, async (ctx) => {
    const hourAgo = new Date(ctx.now().getTime() - 60 * 60 * 1000);
    await ctx.tools.storage.removeOlder(QUARANTINE, hourAgo);
    await removeUnattachedFiles(ctx);
  }),
  "files.remove-unreferenced": handle(removeUnreferenced, (ctx, _input, signal) => removeUnreferencedOriginals(ctx, signal)),
} satisfies HandlersFor<typeof jobs>;
