import { filesErrors, MAX_NAME_LENGTH } from "./contract";

// Invisible and bidirectional characters let "gpj.exe" be read as "exe.jpg".
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|\p{Cs}/gu;
const FORBIDDEN_ON_WINDOWS = /[<>:"|?*]/g;
const DEVICE_ON_WINDOWS = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const MAX_EXTENSION_LENGTH = 10;

/** The extension in small letters without its dot; empty when there is none. */
export const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf(".");
  return dot > 0 && name.length - dot - 1 <= MAX_EXTENSION_LENGTH ? name.slice(dot + 1).toLowerCase() : "";
};

const shortened = (name: string): string => {
  if (name.length <= MAX_NAME_LENGTH) return name;
  const extension = extensionOf(name);
  const room = MAX_NAME_LENGTH - extension.length - 1;
  // Cut between what a reader sees as characters: half an emoji or half a syllable is none.
  let stem = "";
  for (const { segment } of new Intl.Segmenter("ko").segment(name.slice(0, room)))
    if (stem.length + segment.length <= room) stem += segment;
  return extension ? `${stem.trimEnd()}.${extension}` : stem.trimEnd();
};

/**
 * The name under which a file is kept and offered: the last part of what came in, composed (macOS sends Hangul decomposed), without control,
 * invisible and direction characters, without what a system could take for a path, and short enough for every file system.
 */
export const cleanName = (raw: string): string => {
  const lastPart =
    raw
      .normalize("NFC")
      .split(/[\\/\u2044\u2215\uff0f\uff3c]/)
      .at(-1) ?? "";
  const visible = lastPart.replace(INVISIBLE, "").replace(FORBIDDEN_ON_WINDOWS, "_").replace(/\s+/g, " ");
  const trimmed = visible.replace(/^[\s.]+|[\s.]+$/g, "");
  if (trimmed === "") throw filesErrors.nameInvalid();
  return shortened(DEVICE_ON_WINDOWS.test(trimmed) ? `_${trimmed}` : trimmed);
};

const shelf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256}`;

/** Where what nobody has looked at yet lies. */
export const QUARANTINE = "quarantine";
export const quarantineKey = (id: string): string => `${QUARANTINE}/${id}`;
/** Originals and what is made of them are named by the content: two uploads of one content share them. */
export const ORIGINALS = "originals";
export const originalKey = (sha256: string): string => `${ORIGINALS}/${shelf(sha256)}`;
export const variantKey = (sha256: string, pipeline: number, variant: string): string => `v${pipeline}/${shelf(sha256)}/${variant}.webp`;

/** Changes with everything that the bytes of a variant depend on, so that its address may be cached for ever. */
export const variantVersion = (sha256: string, pipeline: number): string => `${pipeline}-${sha256.slice(0, 8)}`;
