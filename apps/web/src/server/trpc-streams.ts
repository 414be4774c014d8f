import { securityHeaders } from "@maru/platform/http/headers";
import type { AnyTRPCRouter, TRPCError } from "@trpc/server";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { MAX_BATCH_SIZE, MAX_JSON_BYTES } from "./trpc-request";
import type { Visit } from "./visit";

type Options = {
  readonly router: AnyTRPCRouter;
  readonly isSecure: boolean;
  readonly createContext: (visit: Visit, paths: readonly string[]) => Promise<unknown>;
  readonly onError: (visit: Visit, error: TRPCError, path: string | undefined) => void;
};

/** Streams go through tRPC's own adapter, in the same process: server-sent events with resume, and streamed batches. */
export const createTrpcStreams = (options: Options) => {
  const headers = Object.entries(securityHeaders(options));
  return (visit: Visit, path: string): void => {
    const { request, response } = visit;
    for (const [name, value] of headers) response.setHeader(name, value);
    response.setHeader("x-request-id", visit.requestId);
    response.setHeader("cache-control", "no-store");
    // Proxies that collect an answer before they pass it on would hold every event back.
    response.setHeader("x-accel-buffering", "no");
    void nodeHTTPRequestHandler({
      router: options.router,
      req: request,
      res: response,
      path,
      maxBatchSize: MAX_BATCH_SIZE,
      maxBodySize: MAX_JSON_BYTES,
      createContext: () => options.createContext(visit, path.split(",")),
      onError: ({ error, path: failed }) => options.onError(visit, error, failed),
    });
  };
};
