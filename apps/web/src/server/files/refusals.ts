import type { IncomingMessage, ServerResponse } from "node:http";
import { toAppError } from "@maru/api";
import type { Ctx } from "@maru/api/files/service";
import { failureEnvelope, languageOf, restStatusOf } from "@maru/api/rest";
import type { AppError } from "@maru/platform/errors";
import { DATA_POLICY } from "@maru/platform/http/headers";
import { retryAfterOf } from "../answer";

// Enough for whoever sends somewhat too much; who sends gigabytes loses the connection.
const DISCARDED_BYTES = 64 * 1024 * 1024;
const DISCARDED_MS = 10_000;

/**
 * Reads and forgets what is left of a request. A browser that is still sending when its connection is cut reports a network failure and
 * never shows the answer that it was given, so the rest is taken off its hands.
 */
const discardRest = (request: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    if (request.complete || request.destroyed) return resolve();
    let sizeBytes = 0;
    const stop = () => {
      clearTimeout(tooLate);
      request.off("data", onData).off("end", stop).off("close", stop);
      resolve();
    };
    const onData = (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > DISCARDED_BYTES) stop();
    };
    const tooLate = setTimeout(stop, DISCARDED_MS);
    request.on("data", onData).on("end", stop).on("close", stop).resume();
  });

const JSON_HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": DATA_POLICY,
  "x-content-type-options": "nosniff",
};

export const answerJson = (response: ServerResponse, status: number, text: string): void => {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...JSON_HEADERS, "content-length": Buffer.byteLength(text) }).end(text);
};

/** What a refusal looks like in the body of an answer; null is what nobody was told to expect. */
export type RefusalBody = (error: AppError | null, request: IncomingMessage, requestId: string) => string;

export const plainRefusal: RefusalBody = (error, _request, requestId) => {
  const code = error?.code ?? "common.unexpected";
  return JSON.stringify({ error: { code, message: code, details: error?.details ?? {}, requestId } });
};

export const restRefusal: RefusalBody = (error, request, requestId) =>
  failureEnvelope(error, languageOf(request.headers["accept-language"]), requestId);

/**
 * Refuses a request whose body may not have been read to its end: the answer goes out at once, for those who listen while they send, and
 * the connection is closed when the rest has been discarded. Whoever went away gets none.
 */
export const refuse = async (
  request: IncomingMessage,
  response: ServerResponse,
  ctx: Ctx,
  error: unknown,
  body: RefusalBody,
): Promise<void> => {
  if (response.headersSent || response.destroyed || (request.destroyed && !request.complete)) {
    response.destroy();
    return;
  }
  const known = toAppError(error);
  if (!known) ctx.log.error({ err: error, requestId: ctx.requestId }, "a file request failed");
  const status = restStatusOf(known);
  const text = body(known, request, ctx.requestId);
  const isRead = request.complete;
  const wait = known && retryAfterOf(known);
  if (wait) response.setHeader("retry-after", wait);
  response.writeHead(status, { ...JSON_HEADERS, "content-length": Buffer.byteLength(text), ...(isRead ? {} : { connection: "close" }) });
  if (isRead) {
    response.end(request.method === "HEAD" ? undefined : text);
    return;
  }
  response.write(text);
  await discardRest(request);
  response.end();
};
