import type { AppError } from "@maru/platform/errors";
import { DATA_POLICY, securityHeaders } from "@maru/platform/http/headers";
import type { Visit } from "./visit";

export type Answer = (visit: Visit, status: number, body: string, extra?: readonly string[]) => void;

/** How long somebody should wait who was refused for now, in seconds. */
export const retryAfterOf = (error: AppError): number | null => {
  if (error.kind === "unavailable") return 1;
  const { retryAfterSeconds } = error.details;
  return typeof retryAfterSeconds === "number" ? retryAfterSeconds : null;
};

/**
 * Answers with JSON. The headers are a flat list that is made once: this stands on the path of every request. Nothing of it is kept by
 * anybody on the way, because almost all of it is somebody's own.
 */
export const createJsonAnswer = (options: { isSecure: boolean }): Answer => {
  const fixed = [
    ...Object.entries(securityHeaders(options)).flat(),
    ...["content-security-policy", DATA_POLICY, "cache-control", "no-store", "content-type", "application/json; charset=utf-8"],
  ];
  return ({ response, requestId, request }, status, body, extra) => {
    if (response.headersSent || response.destroyed) return;
    const headers = [...fixed, "x-request-id", requestId, "content-length", String(Buffer.byteLength(body))];
    if (extra) headers.push(...extra);
    // What was not read of a refused body can't be skipped cheaply: the connection goes with it.
    if (!request.complete && request.method !== "GET") headers.push("connection", "close");
    response.writeHead(status, headers);
    response.end(request.method === "HEAD" ? undefined : body);
  };
};
