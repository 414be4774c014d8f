import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { filesErrors, VARIANTS, type Variant } from "@maru/api/files/contract";
import { type Ctx, type OpenedFile, openFile } from "@maru/api/files/service";
import { isUuid } from "@maru/platform/http";
import { DATA_POLICY } from "@maru/platform/http/headers";
import { type ByteRange, contentDisposition, matchesTag, readRange } from "./ranges";
import { type RefusalBody, refuse } from "./refusals";

type Wanted = { readonly id: string; readonly variant: Variant | undefined; readonly version: string | null };

const isVariant = (text: string): text is Variant => VARIANTS.some((variant) => variant === text);

/** Reads `/api/files/{id}`, `/api/files/{id}/{variant}?v=…`; whatever else it is, there is no such file. */
const wantedBy = (url: string): Wanted => {
  const { pathname, searchParams } = new URL(url, "http://host.invalid");
  const [id = "", variant, ...rest] = pathname.replace(/^\/api\/files\//, "").split("/");
  if (!isUuid(id) || rest.length > 0) throw filesErrors.fileNotFound();
  if (variant !== undefined && !isVariant(variant)) throw filesErrors.variantNotFound();
  return { id, variant, version: searchParams.get("v") };
};

// Types that a browser could take for a page are named by no type at all, even though they are never shown.
const servedType = (mediaType: string): string => (/svg|xml|html/.test(mediaType) ? "application/octet-stream" : mediaType);

const headersOf = (file: OpenedFile, wanted: Wanted): Record<string, string> => ({
  "content-type": servedType(file.mediaType),
  "content-disposition": contentDisposition(file.isShown ? "inline" : "attachment", file.name),
  // A variant's address changes with its bytes; an original's address stays when the right to it goes, so it is asked for each time.
  "cache-control": file.version !== null && wanted.version === file.version ? "private, max-age=31536000, immutable" : "private, no-cache",
  etag: file.etag,
  "accept-ranges": "bytes",
  "content-security-policy": DATA_POLICY,
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
});

/** The range to send. `If-Range` makes it depend on the bytes being the same ones; a date never is, because none was given out. */
const rangeOf = ({ method, headers }: IncomingMessage, file: OpenedFile): ByteRange | "unsatisfiable" | null => {
  const condition = headers["if-range"];
  if (method !== "GET" || (condition !== undefined && condition !== file.etag)) return null;
  return readRange(headers.range, file.sizeBytes);
};

const send = async (request: IncomingMessage, response: ServerResponse, file: OpenedFile, wanted: Wanted): Promise<void> => {
  const headers = headersOf(file, wanted);
  if (matchesTag(request.headers["if-none-match"], file.etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const range = rangeOf(request, file);
  if (range === "unsatisfiable") {
    response.setHeader("content-range", `bytes */${file.sizeBytes}`);
    throw filesErrors.rangeNotSatisfiable();
  }
  const length = range ? range.end - range.start + 1 : file.sizeBytes;
  const partial = range ? { "content-range": `bytes ${range.start}-${range.end}/${file.sizeBytes}` } : {};
  response.writeHead(range ? 206 : 200, { ...headers, ...partial, "content-length": length });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  await pipeline(file.read(range ?? undefined), response);
};

/**
 * `GET` and `HEAD` of a file or one of its pictures, for those who may read what it is attached to, asked each time. Nothing that is served
 * here can run as a page of ours, whatever it contains.
 */
export const handleDownload = async (request: IncomingMessage, response: ServerResponse, ctx: Ctx, refusal: RefusalBody): Promise<void> => {
  try {
    const wanted = wantedBy(request.url ?? "");
    const file = await openFile(ctx, wanted);
    await send(request, response, file, wanted);
  } catch (error) {
    // Whoever stops watching a film cuts the stream; that is no failure, and there is nobody left to answer.
    if (!response.headersSent) await refuse(request, response, ctx, error, refusal);
    else response.destroy();
  }
};
