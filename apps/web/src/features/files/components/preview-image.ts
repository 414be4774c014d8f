import { thumbHashToDataURL } from "thumbhash";

const made = new Map<string, string | null>();
const MOST = 500;

const decode = (hash: string): string | null => {
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(hash), (character) => character.charCodeAt(0)));
  } catch {
    // A preview is a courtesy: one that cannot be read is left away.
    return null;
  }
};

/** The blurred preview of a picture as a data URL, made once per picture. */
export const previewOf = (thumbhash: string | null | undefined): string | null => {
  if (!thumbhash) return null;
  const known = made.get(thumbhash);
  if (known !== undefined) return known;
  if (made.size >= MOST) made.clear();
  const preview = decode(thumbhash);
  made.set(thumbhash, preview);
  return preview;
};
