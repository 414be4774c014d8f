import { type AnyTRPCRouter, getTRPCErrorFromUnknown, TRPCError } from "@trpc/server";
import { getErrorShape } from "@trpc/server/shared";
import type { Answer } from "./answer";
import {
  checkTrpcRequest,
  checkTypes,
  createInputs,
  proceduresOf,
  readIdempotencyKey,
  readInputText,
  readTrpcRequest,
  type TrpcRequest,
} from "./trpc-request";
import type { Visit } from "./visit";

/** What a single mutation happens once under. */
export type Command = { readonly key: string | null; readonly procedure: string; readonly input: () => unknown };

type Options = {
  readonly router: AnyTRPCRouter;
  readonly prefix: string;
  readonly ownOrigin: string;
  readonly answer: Answer;
  /** Who calls, and whether there is room for these calls; throws what refuses all of them. `command` is absent for reads. */
  readonly createContext: (visit: Visit, paths: readonly string[], command: Command | undefined) => Promise<unknown>;
  /** tRPC's own adapter, for streams. */
  readonly answerStream: (visit: Visit, path: string) => void;
  /** Hears of every error, with the context where there was one. */
  readonly onError: (visit: Visit, error: TRPCError, path: string | undefined) => void;
  readonly retryAfterOf: (error: TRPCError) => number | null;
};

type Outcome = { readonly status: number; readonly json: string; readonly retryAfter: number | null };

const VARY = ["vary", "trpc-accept, accept"] as const;

/**
 * The lean door: it calls procedures itself, without Request and Response objects, for single and batched JSON calls. Everything that it
 * answers must be what tRPC's own adapter would answer; the conformance suite holds it to that.
 */
export const createTrpcDoor = (options: Options) => {
  const { router, answer } = options;
  const procedures = proceduresOf(router);
  const config = router._def._config;

  const fail = (visit: Visit, cause: unknown, ctx: unknown, path: string | undefined, type: string): Outcome => {
    const error = getTRPCErrorFromUnknown(cause);
    options.onError(visit, error, path);
    const shape = getErrorShape({
      config,
      error,
      type: type as "query",
      path,
      input: undefined,
      ctx: ctx ?? { requestId: visit.requestId },
    });
    return { status: Number(shape.data.httpStatus), json: JSON.stringify({ error: shape }), retryAfter: options.retryAfterOf(error) };
  };

  const call = async (visit: Visit, path: string, index: number, inputs: (index: number) => unknown, ctx: unknown): Promise<Outcome> => {
    const procedure = procedures.get(path);
    const type = procedure?._def.type ?? "unknown";
    try {
      if (!procedure) throw new TRPCError({ code: "NOT_FOUND" });
      if ((type === "mutation") !== (visit.request.method === "POST")) throw new TRPCError({ code: "METHOD_NOT_SUPPORTED" });
      const data = await procedure({ path, type, ctx, getRawInput: async () => inputs(index), signal: undefined, batchIndex: index });
      return { status: 200, json: JSON.stringify({ result: { data } }), retryAfter: null };
    } catch (cause) {
      return fail(visit, cause, ctx, path, type);
    }
  };

  const send = (visit: Visit, status: number, body: string, retryAfter: number | null): void =>
    answer(visit, status, body, retryAfter === null ? VARY : [...VARY, "retry-after", String(retryAfter)]);

  const run = async (visit: Visit, { isBatch, paths }: TrpcRequest): Promise<void> => {
    const inputs = createInputs(await readInputText(visit), isBatch);
    const isCommand = visit.request.method === "POST";
    const procedure = paths[0] ?? "";
    const key = isCommand ? readIdempotencyKey(visit.request.headers["idempotency-key"], paths.length) : null;
    const ctx = await options.createContext(visit, paths, isCommand ? { key, procedure, input: () => inputs(0) } : undefined);
    if (!isBatch) {
      const { status, json, retryAfter } = await call(visit, procedure, 0, inputs, ctx);
      send(visit, status, json, retryAfter);
      return;
    }
    const outcomes = await Promise.all(paths.map((path, index) => call(visit, path, index, inputs, ctx)));
    const first = outcomes[0]?.status ?? 200;
    const status = outcomes.every((outcome) => outcome.status === first) ? first : 207;
    const waits = outcomes.flatMap(({ retryAfter }) => retryAfter ?? []);
    send(visit, status, `[${outcomes.map(({ json }) => json).join(",")}]`, waits.length > 0 ? Math.max(...waits) : null);
  };

  return async (visit: Visit): Promise<void> => {
    if (visit.request.method === "HEAD") return answer(visit, 204, "");
    try {
      const request = readTrpcRequest(visit, options.prefix, procedures);
      checkTrpcRequest(visit, options.ownOrigin);
      checkTypes(request.paths, procedures);
      if (request.isStream) return options.answerStream(visit, request.paths.join(","));
      await run(visit, request);
    } catch (cause) {
      const { status, json, retryAfter } = fail(visit, cause, undefined, undefined, "unknown");
      send(visit, status, json, retryAfter);
    }
  };
};
