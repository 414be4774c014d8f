import { toAppError } from "@maru/api";
import { restStatusOf } from "@maru/api/rest";
import { AppError } from "@maru/platform/errors";
import { securityHeaders } from "@maru/platform/http/headers";
import { type Answer, retryAfterOf } from "./answer";
import type { Once } from "./door-context";
import type { Doors } from "./doors";
import { handleDownload } from "./files/download";
import { plainRefusal, restRefusal } from "./files/refusals";
import { handleRestUpload, handleUpload, uploadOnce } from "./files/upload";
import { isForeignRead, isFromOurPages } from "./guard";
import { queryValue, type Visit } from "./visit";

const UPLOAD = "/api/v1/files/upload";
const REST_FILE = /^\/api\/v1\/files\/([0-9a-fA-F-]{36})$/;

/** True for what /api/v1 streams by itself; everything else there is JSON. */
export const isRestFile = ({ path, request }: Visit): boolean =>
  (path === UPLOAD && request.method === "POST") || ((request.method === "GET" || request.method === "HEAD") && REST_FILE.test(path));

const refusalOf = (isRest: boolean) => (isRest ? restRefusal : plainRefusal);

type Options = { readonly doors: Doors; readonly answer: Answer; readonly ownOrigin: string; readonly isSecure: boolean };

/** Uploads and downloads: the same session, limits and origin check as everywhere, then the handlers that stream. */
export const createFilesDoor = ({ doors, answer, ownOrigin, isSecure }: Options) => {
  const headers = Object.entries(securityHeaders({ isSecure }));

  const open = (visit: Visit): void => {
    for (const [name, value] of headers) visit.response.setHeader(name, value);
    visit.response.setHeader("x-request-id", visit.requestId);
  };
  const contextOf = async (visit: Visit, isRest: boolean, kind: "read" | "write", once?: Once) => {
    const who = await (isRest ? doors.fromBearer(visit) : doors.fromCookie(visit));
    const { app } = doors.contextOf(visit, who, kind === "write" ? { once } : undefined);
    if (!app) throw new AppError("unauthenticated", "common.signInRequired");
    await doors.makeRoom(visit, who, kind, 1);
    return app;
  };

  const run = async (visit: Visit, isRest: boolean): Promise<void> => {
    const { request, response } = visit;
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead && request.method !== "POST") throw new AppError("invalid", "common.methodNotSupported");
    // An upload has a type of its own, so a form of another site could send one: where it was made decides.
    if (!isRest && (isRead ? isForeignRead(request) : !isFromOurPages(request, ownOrigin)))
      throw new AppError("forbidden", "common.forbidden");
    if (!isRead) {
      const ctx = await contextOf(visit, isRest, "write", uploadOnce(request, doors.onceOf) as Once | undefined);
      open(visit);
      return (isRest ? handleRestUpload : handleUpload)(request, response, ctx);
    }
    const ctx = await contextOf(visit, isRest, "read");
    open(visit);
    if (isRest) {
      const variant = queryValue(visit.query, "variant");
      request.url = `/api/files/${REST_FILE.exec(visit.path)?.[1]}${variant === null ? "" : `/${encodeURIComponent(variant)}`}`;
    }
    return handleDownload(request, response, ctx, refusalOf(isRest));
  };

  return async (visit: Visit): Promise<void> => {
    const isRest = visit.path.startsWith("/api/v1/");
    try {
      await run(visit, isRest);
    } catch (cause) {
      const error = toAppError(cause);
      if (!error) doors.report(visit, cause, visit.path);
      const body = refusalOf(isRest)(error, visit.request, visit.requestId);
      const wait = error && retryAfterOf(error);
      answer(visit, restStatusOf(error), body, wait ? ["retry-after", String(wait)] : []);
    }
  };
};
