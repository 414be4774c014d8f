import type { IncomingMessage } from "node:http";
import { AppError } from "../errors/errors";

/** The answers that a door gives before anybody looked at the request's content. */
export const httpErrors = {
  tooLarge: () => new AppError("invalid", "common.tooLarge"),
  malformed: () => new AppError("invalid", "common.invalidInput"),
  unsupportedMediaType: () => new AppError("invalid", "common.unsupportedMediaType"),
} as const;

/** Thrown when the other side went away in the middle of its request: there is nobody to answer. */
export class RequestAborted extends Error {}

/**
 * Reads a body of at most `limitBytes`. A longer one is refused as soon as that is known, from its announced length or from what arrived;
 * the rest is then left unread, so the answer must close the connection.
 */
export const readBody = (request: IncomingMessage, limitBytes: number): Promise<Buffer> => {
  if (Number(request.headers["content-length"] ?? 0) > limitBytes) return Promise.reject(httpErrors.tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    request.on("data", (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) {
        request.pause();
        request.removeAllListeners("data");
        reject(httpErrors.tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    request.once("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, sizeBytes)));
    request.once("error", () => reject(new RequestAborted("the request ended early")));
    request.once("close", () => {
      if (!request.complete) reject(new RequestAborted("the request ended early"));
    });
  });
};

/** The media type of a request without its parameters, in lower case; empty when none is named. */
export const mediaTypeOf = (request: IncomingMessage): string => {
  const header = request.headers["content-type"];
  if (!header) return "";
  const end = header.indexOf(";");
  return (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
};

/** The value of one cookie, or null. Reads the header by hand, because a parser that builds a map costs more than the answer is worth. */
export const readCookie = (header: string | undefined | null, name: string): string | null => {
  if (!header) return null;
  for (let from = 0; from < header.length; ) {
    let end = header.indexOf(";", from);
    if (end < 0) end = header.length;
    while (header.charCodeAt(from) === 32) from += 1;
    if (header.startsWith(name, from) && header.charCodeAt(from + name.length) === 61)
      return header.slice(from + name.length + 1, end).trim();
    from = end + 1;
  }
  return null;
};

/** The token of an `Authorization: Bearer …` header, or null. */
export const readBearer = (header: string | undefined): string | null => {
  if (!header || header.length > 4_096) return null;
  return /^bearer ([\w.~+/-]+=*)$/i.exec(header)?.[1] ?? null;
};

/** The client of `Authorization: Basic …`, both halves encoded as in a form (RFC 6749, 2.3.1); null for anything else. */
export const readBasic = (header: string | undefined): { readonly id: string; readonly secret: string } | null => {
  if (!header || header.length > 4_096) return null;
  const encoded = /^basic ([\w+/-]+=*)$/i.exec(header)?.[1];
  const text = encoded === undefined ? "" : Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 1) return null;
  try {
    const [id, secret] = [text.slice(0, colon), text.slice(colon + 1)].map((half) => decodeURIComponent(half.replaceAll("+", " ")));
    return id !== undefined && secret ? { id, secret } : null;
  } catch {
    return null;
  }
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);

/** An idempotency key is 1 to 200 visible ASCII characters. */
export const isIdempotencyKey = (text: string): boolean => /^[\x21-\x7e]{1,200}$/.test(text);

/** A JSON text whose objects have their keys in order, so that equal requests have equal texts. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const record = value as Record<string, unknown>;
  const entries = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`);
  return `{${entries.join(",")}}`;
};
