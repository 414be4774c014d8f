import { toAppError } from "@maru/api";
import {
  createRoutes,
  failureEnvelope,
  languageOf,
  openApiDocument,
  type RestRoute,
  readRestInput,
  restStatusOf,
  successEnvelope,
} from "@maru/api/rest";
import { AppError } from "@maru/platform/errors";
import { httpErrors, isIdempotencyKey, mediaTypeOf, readBasic, readBody } from "@maru/platform/http";
import { type Answer, retryAfterOf } from "./answer";
import type { Doors } from "./doors";
import { MAX_JSON_BYTES } from "./trpc-request";
import type { Visit } from "./visit";

export const REST_PREFIX = "/api/v1";
const ALLOWED_HEADERS = "authorization, content-type, idempotency-key, accept-language, x-request-id";

type Options = {
  readonly router: Parameters<typeof createRoutes>[0];
  readonly doors: Doors;
  readonly answer: Answer;
  readonly ownOrigin: string;
  readonly corsOrigins: readonly string[];
};

const readKey = (header: string | string[] | undefined): string | null => {
  if (header === undefined) return null;
  if (typeof header !== "string" || !isIdempotencyKey(header)) throw new AppError("invalid", "common.invalidInput");
  return header;
};

const readJsonBody = async ({ request }: Visit): Promise<string> => {
  if (request.method === "GET" || request.method === "HEAD") return "";
  const body = (await readBody(request, MAX_JSON_BYTES)).toString("utf8");
  if (body !== "" && mediaTypeOf(request) !== "application/json") throw httpErrors.unsupportedMediaType();
  return body;
};

/** A client of OAuth may say who it is in the header that the standard has for it, in place of the body; saying it twice is refused. */
const withBasic = (route: RestRoute, { request }: Visit, input: unknown): unknown => {
  const client = route.procedure === "identity.issueToken" ? readBasic(request.headers.authorization) : null;
  if (!client) return input;
  const given = input as Readonly<Record<string, unknown>>;
  if ("client_id" in given || "client_secret" in given) throw new AppError("invalid", "common.invalidInput");
  return { ...given, client_id: client.id, client_secret: client.secret };
};

/**
 * The door of /api/v1: the procedures of the router under their REST paths, in the envelope. Cookies mean nothing here, so no page of
 * another site can act for anybody.
 */
export const createRestDoor = ({ router, doors, answer, ownOrigin, corsOrigins }: Options) => {
  const routes = createRoutes(router);
  const allowed = new Set(corsOrigins);

  const corsHeaders = (visit: Visit): string[] => {
    if (allowed.size === 0) return [];
    const { origin } = visit.request.headers;
    const vary = ["vary", "origin"];
    return origin !== undefined && allowed.has(origin) ? [...vary, "access-control-allow-origin", origin] : vary;
  };

  const run = async (visit: Visit, route: RestRoute, params: Readonly<Record<string, string>>): Promise<string> => {
    const who = await doors.fromBearer(visit);
    if (!who && route.access !== "open") throw new AppError("unauthenticated", "common.signInRequired");
    await doors.makeRoom(visit, who, route.countsAs, 1);
    const input = withBasic(route, visit, readRestInput(route, params, visit.query, await readJsonBody(visit)));
    const key = route.type === "mutation" ? readKey(visit.request.headers["idempotency-key"]) : null;
    const command =
      route.type === "mutation" ? { once: key === null ? undefined : doors.onceOf(key, route.procedure, input ?? null) } : undefined;
    return successEnvelope(await route.run(doors.contextOf(visit, who, command), input), route.listShape, visit.requestId);
  };

  const fail = (visit: Visit, cause: unknown, extra: string[]): void => {
    const error = toAppError(cause);
    if (!error) doors.report(visit, cause, visit.path);
    const retryAfter = error && retryAfterOf(error);
    if (retryAfter) extra.push("retry-after", String(retryAfter));
    if (error?.code === "identity.clientRefused" && visit.request.headers.authorization)
      extra.push("www-authenticate", 'Basic realm="Maru"');
    const language = languageOf(visit.request.headers["accept-language"]);
    answer(visit, restStatusOf(error), failureEnvelope(error, language, visit.requestId), [...extra, "content-language", language]);
  };

  const preflight = (visit: Visit, methods: readonly string[], extra: string[]): void => {
    const list = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
    const isAllowed = extra.includes("access-control-allow-origin");
    const cors = isAllowed
      ? ["access-control-allow-methods", list, "access-control-allow-headers", ALLOWED_HEADERS, "access-control-max-age", "600"]
      : [];
    answer(visit, 204, "", [...extra, ...cors, "allow", list]);
  };

  return async (visit: Visit): Promise<void> => {
    const extra = corsHeaders(visit);
    try {
      const path = visit.path.slice(REST_PREFIX.length);
      const method = visit.request.method ?? "GET";
      if (path === "/openapi.json" && (method === "GET" || method === "HEAD")) {
        return answer(visit, 200, JSON.stringify(openApiDocument(ownOrigin)), extra);
      }
      const match = routes.match(method, path);
      if (!match) throw new AppError("not_found", "common.notFound");
      if ("allowed" in match) {
        if (method === "OPTIONS") return preflight(visit, match.allowed, extra);
        extra.push("allow", [...match.allowed, "OPTIONS"].join(", "));
        throw new AppError("invalid", "common.methodNotSupported");
      }
      answer(visit, match.route.status, await run(visit, match.route, match.params), extra);
    } catch (cause) {
      fail(visit, cause, extra);
    }
  };
};
