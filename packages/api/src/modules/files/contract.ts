import { defineErrors } from "@maru/platform/errors";
import { z } from "zod";

export const filesPermissions = ["files.upload"] as const;

export const filesErrors = defineErrors("files", {
  fileNotFound: "not_found",
  /** Attached already, or owned by somebody else. */
  fileNotAttachable: "conflict",
  emptyFile: "invalid",
  tooLarge: "invalid",
  typeNotAllowed: "invalid",
  /** The content is something else than its name says. */
  contentMismatch: "invalid",
  nameInvalid: "invalid",
  quotaExceeded: "conflict",
  storageFull: "unavailable",
  /** There is no such picture of the file, or not yet. */
  variantNotFound: "not_found",
  /** The file ends before what `Range` asks for. */
  rangeNotSatisfiable: "invalid",
  /** Its content contradicts itself or harms the decoder: nobody gets it. */
  fileQuarantined: "forbidden",
  /** What it is attached to decides about it. */
  fileAttached: "conflict",
});

export const MAX_FILE_BYTES = 100 * 1024 * 1024;
/** All files of one person together. */
export const MAX_PERSON_BYTES = 20 * 1024 * 1024 * 1024;
export const MAX_NAME_LENGTH = 180;
/** 64 megapixels, 60 frames: beyond it an image stays a download. */
export const MAX_IMAGE_PIXELS = 64_000_000;
export const MAX_IMAGE_FRAMES = 60;
/** Longest sides in pixels; each is made by the worker as WebP. */
export const VARIANTS = ["64", "256", "512", "1440"] as const;
export type Variant = (typeof VARIANTS)[number];
export const FILE_STATES = ["PENDING", "READY", "UNSUPPORTED", "QUARANTINED"] as const;
/** Why a file has no pictures of itself; the first five are UNSUPPORTED and can be downloaded, the last two are QUARANTINED. */
export const FILE_REASONS = [
  "files.imageTooLarge",
  "files.imageTooManyFrames",
  "files.imageUnreadable",
  "files.imageTimedOut",
  "files.noPreview",
  "files.imageMismatch",
  "files.imageHarmful",
] as const;
export type FileReason = (typeof FILE_REASONS)[number];

export const fileView = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  state: z.enum(FILE_STATES),
  /** Why it has no preview, one of FILE_REASONS, when state is UNSUPPORTED or QUARANTINED. */
  reason: z.string().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  thumbhash: z.string().nullable(),
  /** The original as a download. */
  url: z.string(),
  /** Relative addresses by variant once state is READY; they change when the pipeline does, so that they may be cached for ever. */
  variants: z.record(z.string(), z.string()),
});
export type FileView = z.infer<typeof fileView>;

export const getFileInput = z.strictObject({ id: z.uuid() });
export const setOwnPhotoInput = z.strictObject({ fileId: z.uuid().nullable() });
export const deleteFileInput = z.strictObject({ id: z.uuid() });

/** What a door hands over: the name and the size as the client says them, none of which is believed. */
export const uploadInput = z.strictObject({ name: z.string().min(1).max(2_000), declaredSize: z.int().min(0).nullable() });
export const fileDoneView = z.object({ done: z.literal(true) });
