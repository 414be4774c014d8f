export type ByteRange = { readonly start: number; readonly end: number };

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * What a `Range` header asks of this many bytes: one range, "unsatisfiable" (416), or null for everything. Several ranges, other units and
 * what can't be read are answered with everything, as the standard allows.
 */
export const readRange = (header: string | undefined, sizeBytes: number): ByteRange | "unsatisfiable" | null => {
  const [, first = "", last = ""] = RANGE.exec(header ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? "unsatisfiable" : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return null;
  if (start >= sizeBytes) return "unsatisfiable";
  return { start, end: last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) };
};

/** Whether one of the tags in an `If-None-Match` header is this one; a weak tag matches too, as the standard says for this header. */
export const matchesTag = (header: string | undefined, etag: string): boolean =>
  (header ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === etag || tag === "*");

const extendedValue = (name: string): string =>
  encodeURIComponent(name).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Names the file in every browser: an ASCII name for very old ones, and the real one in UTF-8. */
export const contentDisposition = (kind: "inline" | "attachment", name: string): string => {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%;]/g, "_");
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${extendedValue(Buffer.from(name).toString())}`;
};
