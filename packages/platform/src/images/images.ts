import type { Readable } from "node:stream";
import { defineErrors } from "../errors/errors";

/** Raised when what is made changes: pictures of another pipeline are made again. */
export const PIPELINE = 1;
/** Longest sides in pixels. */
export const SIZES = [64, 256, 512, 1440] as const;
export const MAX_PIXELS = 64_000_000;
export const MAX_FRAMES = 60;
/** The pictures that may reach the decoder. SVG is a program, and never does. */
export const DECODED_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/tiff"] as const;

/** Why no pictures could be made of one; each is an answer about that picture, and none about its neighbours. */
export const imageErrors = defineErrors("images", {
  tooManyPixels: "invalid",
  tooManyFrames: "invalid",
  /** Truncated, corrupt, or of a kind that is not decoded. */
  unreadable: "invalid",
  /** The decoder found another format than the magic bytes had said: a polyglot. */
  formatMismatch: "invalid",
  timedOut: "invalid",
  /** It ended the decoder's process. */
  crashedDecoder: "invalid",
  /** It took more memory than a picture may. */
  tooMuchMemory: "invalid",
  /** No fault of the picture: this process makes none. */
  notHere: "unavailable",
});

export type MadeVariant = { readonly name: string; readonly width: number; readonly height: number; readonly bytes: Uint8Array };
export type MadeImage = {
  /** As it is shown: turned upright. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Base64 of a few bytes, from which a blurred preview is drawn. */
  readonly thumbhash: string;
  /** One WebP per size, without any metadata. */
  readonly variants: readonly MadeVariant[];
};

/** `open` may be called twice: a picture whose decoder died gets a second chance in a fresh process. */
export type ImageSource = { readonly sizeBytes: number; readonly mediaType: string; open(): Readable };

export type ImageMaker = {
  /** Throws one of `imageErrors`; any other error says nothing about the picture, and the work may be tried again. */
  make(source: ImageSource, signal?: AbortSignal): Promise<MadeImage>;
  close(): Promise<void>;
};

/** For processes that make no pictures: the web server never loads the decoder. */
export const noImages: ImageMaker = {
  make: async () => {
    throw imageErrors.notHere();
  },
  close: async () => {},
};
