import type { IncomingMessage, ServerResponse } from "node:http";
import { mediaTypeOf } from "@maru/platform/http";
import { securityHeaders } from "@maru/platform/http/headers";
import type { Answer } from "./answer";
import { isFromOurPages } from "./guard";
import type { Visit } from "./visit";

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const AUTH_PREFIX = "/api/auth/";
const MAX_FORM_BYTES = 16 * 1024;

/** What only Next.js itself may say to Next.js: from outside, such a header is an attempt to get around it. */
const INTERNAL_HEADERS =
  /^(x-middleware-|x-invoke-|x-nextjs-|x-now-|x-vercel-|x-matched-path|x-forwarded-|forwarded$|x-real-ip|x-nonce$|x-original-url|x-rewrite-url)/;

type Options = {
  readonly handlePage: PageHandler;
  readonly answer: Answer;
  readonly ownOrigin: string;
  readonly isSecure: boolean;
};

/** Everything that is no data goes to Next.js, with headers that it can believe. */
export const createPageDoor = ({ handlePage, answer, ownOrigin, isSecure }: Options) => {
  const { host, protocol } = new URL(ownOrigin);
  const headers = Object.entries(securityHeaders({ isSecure }));

  const refuse = (visit: Visit, status: number, error: string): void => answer(visit, status, JSON.stringify({ error }));

  // next-auth checks its form token; that it was our page which sent it is checked here, before a body is read at all.
  const findFault = ({ request, path }: Visit): [number, string] | null => {
    if (request.method === "GET" || request.method === "HEAD") return null;
    if (request.method !== "POST" || !path.startsWith(AUTH_PREFIX)) return [405, "common.methodNotSupported"];
    if (!isFromOurPages(request, ownOrigin)) return [403, "common.forbidden"];
    const type = mediaTypeOf(request);
    if (type !== "application/x-www-form-urlencoded" && type !== "application/json") return [415, "common.unsupportedMediaType"];
    const length = request.headers["content-length"];
    if (length === undefined) return [411, "common.invalidInput"];
    return Number(length) > MAX_FORM_BYTES ? [413, "common.tooLarge"] : null;
  };

  return async (visit: Visit): Promise<void> => {
    const { request, response } = visit;
    const fault = findFault(visit);
    if (fault) return refuse(visit, ...fault);
    for (const name of Object.keys(request.headers)) if (INTERNAL_HEADERS.test(name)) delete request.headers[name];
    request.headers.host = host;
    request.headers["x-forwarded-host"] = host;
    request.headers["x-forwarded-proto"] = protocol.slice(0, -1);
    request.headers["x-forwarded-for"] = visit.address;
    request.headers["x-request-id"] = visit.requestId;
    for (const [name, value] of headers) response.setHeader(name, value);
    response.setHeader("x-request-id", visit.requestId);
    if (visit.path.startsWith("/api/")) response.setHeader("cache-control", "no-store");
    await handlePage(request, response);
  };
};
