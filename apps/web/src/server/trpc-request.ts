import { isAppError } from "@maru/platform/errors";
import { isIdempotencyKey, mediaTypeOf, readBody } from "@maru/platform/http";
import { TRPCError } from "@trpc/server";
import { isForeignRead, isFromOurPages } from "./guard";
import { queryValue, type Visit } from "./visit";

export const MAX_BATCH_SIZE = 10;
/** A post may hold 256 kB of rich text; JSON escapes and the rest of an input get room beside it. */
export const MAX_JSON_BYTES = 1024 * 1024;

export type Procedure = ((options: {
  readonly path: string;
  readonly type: string;
  readonly ctx: unknown;
  readonly getRawInput: () => Promise<unknown>;
  readonly signal: AbortSignal | undefined;
  readonly batchIndex: number;
}) => Promise<unknown>) & {
  readonly _def: { readonly type: "query" | "mutation" | "subscription"; readonly meta?: { readonly isBackground?: boolean } };
};

/** The procedures of a router by path. `_def` is semi-internal, which is why tRPC is pinned and the conformance suite exists. */
export const proceduresOf = (router: { readonly _def: { readonly procedures: unknown } }): ReadonlyMap<string, Procedure> =>
  new Map(Object.entries(router._def.procedures as Record<string, Procedure>));

export type TrpcRequest = {
  readonly isBatch: boolean;
  readonly paths: readonly string[];
  /** What the adapter of tRPC must answer: streams, and calls that ask for a streamed batch. */
  readonly isStream: boolean;
};

const decodePath = (path: string): string => {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    throw new TRPCError({ code: "BAD_REQUEST" });
  }
};

/** Which calls a request makes, before anything of it has run. */
export const readTrpcRequest = (visit: Visit, prefix: string, procedures: ReadonlyMap<string, Procedure>): TrpcRequest => {
  const path = decodePath(visit.path.slice(prefix.length));
  const isBatch = queryValue(visit.query, "batch") === "1";
  const paths = isBatch ? path.split(",") : [path];
  if (paths.length > MAX_BATCH_SIZE) throw new TRPCError({ code: "BAD_REQUEST" });
  const { headers } = visit.request;
  const isStream =
    headers["trpc-accept"] === "application/jsonl" ||
    headers.accept?.includes("application/jsonl") === true ||
    paths.some((name) => procedures.get(name)?._def.type === "subscription");
  return { isBatch, paths, isStream };
};

/** The checks that stand before tRPC: method, where the request was made, and what it claims to be. */
export const checkTrpcRequest = ({ request }: Visit, ownOrigin: string): void => {
  if (request.method === "GET") {
    if (isForeignRead(request)) throw new TRPCError({ code: "FORBIDDEN" });
    return;
  }
  if (request.method !== "POST") throw new TRPCError({ code: "METHOD_NOT_SUPPORTED" });
  // Without this, a form of another site could run every mutation that needs no input: multipart is sent without a preflight.
  if (mediaTypeOf(request) !== "application/json") throw new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE" });
  if (!isFromOurPages(request, ownOrigin)) throw new TRPCError({ code: "FORBIDDEN" });
};

/** A mixed batch is no batch: its calls would need different methods. */
export const checkTypes = (paths: readonly string[], procedures: ReadonlyMap<string, Procedure>): void => {
  let first: string | undefined;
  for (const path of paths) {
    const type = procedures.get(path)?._def.type;
    if (type !== undefined && first !== undefined && type !== first) throw new TRPCError({ code: "BAD_REQUEST" });
    first ??= type;
  }
};

/** The text of the input, wherever the method carries it. */
export const readInputText = async ({ request, query }: Visit): Promise<string | null> => {
  if (request.method === "GET") return queryValue(query, "input") || null;
  try {
    return (await readBody(request, MAX_JSON_BYTES)).toString("utf8");
  } catch (error) {
    throw isAppError(error) ? new TRPCError({ code: "PAYLOAD_TOO_LARGE" }) : error;
  }
};

/** Parses the input when somebody asks for it, once: a procedure without an input never does. */
export const createInputs = (text: string | null, isBatch: boolean) => {
  let parsed: unknown;
  let isParsed = false;
  return (index: number): unknown => {
    if (!isParsed) {
      try {
        parsed = text === null ? undefined : JSON.parse(text);
      } catch {
        throw new TRPCError({ code: "BAD_REQUEST" });
      }
      isParsed = true;
    }
    if (!isBatch) return parsed;
    if (parsed === undefined) return undefined;
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new TRPCError({ code: "BAD_REQUEST" });
    return Object.hasOwn(parsed, index) ? (parsed as Record<number, unknown>)[index] : undefined;
  };
};

/** The key under which a single mutation happens once, or null. A batch can't share one: each of its calls is a command. */
export const readIdempotencyKey = (header: string | string[] | undefined, calls: number): string | null => {
  if (header === undefined) return null;
  if (typeof header !== "string" || !isIdempotencyKey(header) || calls > 1) throw new TRPCError({ code: "BAD_REQUEST" });
  return header;
};
