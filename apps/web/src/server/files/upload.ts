import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { type FileView, filesErrors } from "@maru/api/files/contract";
import { type Ctx, receiveFile } from "@maru/api/files/service";
import { successEnvelope } from "@maru/api/rest";
import type { OnceKey } from "@maru/db/outbox";
import { AppError } from "@maru/platform/errors";
import { httpErrors, isIdempotencyKey } from "@maru/platform/http";
import busboy, { type Busboy, type FileInfo } from "busboy";
import type { OnceOf } from "../door-context";
import { answerJson, plainRefusal, refuse, restRefusal } from "./refusals";

const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The name that the browser percent-encoded, because a header holds no Hangul. */
const nameOf = (request: IncomingMessage): string => {
  try {
    return decodeURIComponent(headerOf(request, "maru-file-name") ?? "");
  } catch {
    throw filesErrors.nameInvalid();
  }
};

const sizeOf = (request: IncomingMessage): number | null => {
  const header = headerOf(request, "content-length");
  return header && /^\d{1,15}$/.test(header) ? Number(header) : null;
};

/**
 * What makes an upload happen once, for the context that it is given: name and announced size stand for the request here, and the content is
 * compared when it has arrived. Undefined without an `Idempotency-Key`; a malformed one is refused.
 */
export const uploadOnce = (request: IncomingMessage, onceOf: OnceOf): OnceKey | undefined => {
  const key = headerOf(request, "idempotency-key");
  if (key === undefined) return undefined;
  if (!isIdempotencyKey(key)) throw httpErrors.malformed();
  return onceOf(key, "files.receiveFile", { name: headerOf(request, "maru-file-name") ?? null, sizeBytes: sizeOf(request) });
};

/** `POST /api/files`: the body is the file, `Maru-File-Name` its name. Answers with the file's view. */
export const handleUpload = async (request: IncomingMessage, response: ServerResponse, ctx: Ctx): Promise<void> => {
  try {
    const file = await receiveFile(ctx, { name: nameOf(request), stream: request, declaredSize: sizeOf(request) });
    answerJson(response, 201, JSON.stringify(file));
  } catch (error) {
    await refuse(request, response, ctx, error, plainRefusal);
  }
};

const parserFor = (request: IncomingMessage): Busboy => {
  try {
    return busboy({ headers: request.headers, defParamCharset: "utf8", limits: { files: 1, fields: 4, fieldSize: 4_096, parts: 6 } });
  } catch {
    // It throws for every content type but a well-formed multipart/form-data.
    throw httpErrors.unsupportedMediaType();
  }
};

const noFile = (): AppError => new AppError("invalid", "common.invalidInput", { fields: [{ field: "file", message: "required" }] });

/** The first file of a form. The form must end well: a part that is cut off is no file. */
const receiveForm = (request: IncomingMessage, parser: Busboy, ctx: Ctx): Promise<FileView> =>
  new Promise((resolve, reject) => {
    let received: Promise<FileView> | undefined;
    parser.once("file", (_field: string, stream: Readable, { filename }: FileInfo) => {
      // A form that breaks off destroys its part, perhaps before anybody reads it; whoever reads it sees the error all the same.
      stream.on("error", () => {});
      received = receiveFile(ctx, { name: filename ?? "", stream, declaredSize: null });
      // A refusal is told at once, and not when the rest of the form has arrived.
      received.catch(reject);
    });
    parser.on("error", () => reject(httpErrors.malformed()));
    parser.once("close", () => (received ? received.then(resolve, reject) : reject(noFile())));
    request.once("close", () => {
      if (!request.complete) parser.destroy(new Error("the client went away"));
    });
    request.pipe(parser);
  });

/** `POST /api/v1/files/upload`: a form with one file, in the envelope of the REST interface. */
export const handleRestUpload = async (request: IncomingMessage, response: ServerResponse, ctx: Ctx): Promise<void> => {
  let parser: Busboy | undefined;
  try {
    parser = parserFor(request);
    const data = await receiveForm(request, parser, ctx);
    answerJson(response, 201, successEnvelope(data, "none", ctx.requestId));
  } catch (error) {
    if (parser) request.unpipe(parser);
    parser?.destroy();
    await refuse(request, response, ctx, error, restRefusal);
  }
};
