import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { toAppError } from "@maru/api";
import { AppError } from "@maru/platform/errors";
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, type TRPCClient, TRPCClientError } from "@trpc/client";
import { initTRPC, TRPCError, tracked } from "@trpc/server";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { EventSource } from "eventsource";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createJsonAnswer } from "./answer";
import { createTrpcDoor } from "./trpc-door";
import { createTrpcStreams } from "./trpc-streams";
import { openVisit } from "./visit";

const ORIGIN = "http://maru.test";
const t = initTRPC.context<{ requestId: string }>().create({
  isDev: false,
  // As in packages/api: codes and details, never a message of the unexpected.
  errorFormatter: ({ shape, error }) => {
    const app = toAppError(error);
    const data = {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      app: app && { kind: app.kind, code: app.code, details: app.details },
    };
    return { message: app?.code ?? "internal error", code: shape.code, data };
  },
});
const fails: Record<string, () => never> = {
  unexpected: () => {
    throw new Error("postgresql://maru:secret@db/maru: SELECT * FROM account");
  },
  conflict: () => {
    throw new TRPCError({ code: "CONFLICT", cause: new AppError("conflict", "board.postChanged", { current: { version: 2 } }) });
  },
  forbidden: () => {
    throw new TRPCError({ code: "FORBIDDEN" });
  },
  unavailable: () => {
    throw new TRPCError({ code: "SERVICE_UNAVAILABLE", cause: new AppError("unavailable", "common.databaseDown") });
  },
};
const router = t.router({
  echo: t.procedure.input(z.strictObject({ text: z.string().max(100), count: z.int().default(1) })).query(({ input }) => input),
  nothing: t.procedure.query(() => undefined),
  nothingIn: t.procedure.query(() => "no input"),
  maybe: t.procedure.input(z.strictObject({ a: z.string() }).optional()).query(({ input }) => input ?? null),
  fail: t.procedure.input(z.strictObject({ how: z.string() })).query(({ input }) => fails[input.how]?.()),
  wrongOutput: t.procedure.output(z.object({ a: z.string() })).query(() => ({ a: 1 }) as unknown as { a: string }),
  slow: t.procedure
    .input(z.strictObject({ ms: z.int().max(2_000) }))
    .query(({ input }) => new Promise<number>((resolve) => setTimeout(() => resolve(input.ms), input.ms))),
  write: t.procedure.input(z.strictObject({ text: z.string() })).mutation(({ input }) => ({ written: input.text })),
  writeNothing: t.procedure.mutation(() => ({ done: true as const })),
  writeMaybe: t.procedure.input(z.strictObject({ a: z.string() }).optional()).mutation(({ input }) => input ?? null),
  nested: t.router({ deep: t.router({ here: t.procedure.query(() => ({ at: "깊은 곳" })) }) }),
  count: t.procedure.input(z.strictObject({ to: z.int(), lastEventId: z.string().optional() })).subscription(async function* ({ input }) {
    for (let at = Number(input.lastEventId ?? 0) + 1; at <= input.to; at += 1) yield tracked(String(at), { at });
  }),
  failingStream: t.procedure.subscription(async function* () {
    yield { at: 1 };
    throw new TRPCError({ code: "FORBIDDEN" });
  }),
});
type Router = typeof router;

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/trpc`;
};

const startLean = (): Server => {
  const createContext = async () => ({ requestId: "x" });
  const door = createTrpcDoor({
    router,
    prefix: "/api/trpc/",
    ownOrigin: ORIGIN,
    answer: createJsonAnswer({ isSecure: false }),
    createContext,
    answerStream: createTrpcStreams({ router, isSecure: false, createContext, onError: () => {} }),
    onError: () => {},
    retryAfterOf: () => null,
  });
  return createServer((request, response) => void door(openVisit(request, response, "127.0.0.1")));
};
const startAdapter = (): Server =>
  createServer((req, res) => {
    const path = new URL(req.url ?? "", "http://x").pathname.slice("/api/trpc/".length);
    void nodeHTTPRequestHandler({ router, req, res, path, maxBatchSize: 10, createContext: async () => ({ requestId: "x" }) });
  });

const servers: Server[] = [];
const urls = { lean: "", adapter: "" };
beforeAll(async () => {
  servers.push(startLean(), startAdapter());
  urls.lean = await listen(servers[0] as Server);
  urls.adapter = await listen(servers[1] as Server);
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const headers = { origin: ORIGIN };
const clients = (url: string): Record<string, TRPCClient<Router>> => ({
  single: createTRPCClient<Router>({ links: [httpLink({ url, headers })] }),
  batch: createTRPCClient<Router>({ links: [httpBatchLink({ url, headers, maxItems: 10 })] }),
  batchByPost: createTRPCClient<Router>({ links: [httpBatchLink({ url, headers, maxURLLength: 2_000 })] }),
});

const outcome = async (call: () => Promise<unknown>) => {
  try {
    return { ok: await call() };
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    return { error: { message: error.message, shape: error.shape, data: error.data } };
  }
};

// biome-ignore lint/suspicious/noExplicitAny: calls that the types forbid are the point of half of them.
const CALLS: [string, (client: any) => Promise<unknown>][] = [
  ["a query", (client) => client.echo.query({ text: "hello" })],
  ["Hangul, signs and emoji", (client) => client.echo.query({ text: "결재 & 100% + 홍길동 👋 \u2028 \\ \" '" })],
  ["an answer of nothing", (client) => client.nothing.query()],
  ["a query without input", (client) => client.nothingIn.query()],
  ["an optional input left out", (client) => client.maybe.query()],
  ["an optional input", (client) => client.maybe.query({ a: "b" })],
  ["a nested path", (client) => client.nested.deep.here.query()],
  ["a mutation", (client) => client.write.mutate({ text: "글" })],
  ["a mutation without input", (client) => client.writeNothing.mutate()],
  ["a mutation whose optional input is left out", (client) => client.writeMaybe.mutate()],
  ["an input of the wrong type", (client) => client.echo.query({ text: 1 })],
  ["an input with too much", (client) => client.echo.query({ text: "a", more: 1 })],
  ["a missing input", (client) => client.echo.query()],
  ["an unknown procedure", (client) => client.unknown.query()],
  ["an unknown procedure of a known router", (client) => client.nested.deep.there.query()],
  ["a query called as mutation", (client) => client.echo.mutate({ text: "a" })],
  ["a mutation called as query", (client) => client.write.query({ text: "a" })],
  ["an answer that breaks its promise", (client) => client.wrongOutput.query()],
  ...Object.keys(fails).map((how): [string, (client: TRPCClient<Router>) => Promise<unknown>] => [
    `an error: ${how}`,
    (client) => client.fail.query({ how }),
  ]),
];

describe.each(["single", "batch", "batchByPost"])("the lean door answers as tRPC's adapter does, %s", (link) => {
  it.each(CALLS)("%s", async (_name, call) => {
    const lean = await outcome(() => call(clients(urls.lean)[link]));
    const adapter = await outcome(() => call(clients(urls.adapter)[link]));
    expect(lean).toEqual(adapter);
    expect(JSON.stringify(lean)).not.toMatch(/secret|SELECT|stack/);
  });
});

describe("batches", () => {
  it("give each call its own result, mixed", async () => {
    const results = await Promise.all(
      [urls.lean, urls.adapter].map((url) => {
        const client = clients(url).batch as TRPCClient<Router>;
        return Promise.all([
          outcome(() => client.echo.query({ text: "하나" })),
          outcome(() => client.fail.query({ how: "conflict" })),
          outcome(() => client.fail.query({ how: "unexpected" })),
          outcome(() => client.nothing.query()),
          outcome(() => client.slow.query({ ms: 20 })),
        ]);
      }),
    );
    expect(results[0]).toEqual(results[1]);
    expect(results[0]?.[0]).toEqual({ ok: { text: "하나", count: 1 } });
    expect(results[0]?.[1]).toMatchObject({ error: { message: "board.postChanged", data: { httpStatus: 409 } } });
  });
});

const input = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const REQUESTS: [string, string, RequestInit?][] = [
  ["mixed results are 207", `/echo,fail?batch=1&input=${input({ 0: { text: "a" }, 1: { how: "conflict" } })}`],
  ["equal refusals keep their status", `/fail,fail?batch=1&input=${input({ 0: { how: "forbidden" }, 1: { how: "forbidden" } })}`],
  ["a batch of one", `/echo?batch=1&input=${input({ 0: { text: "a" } })}`],
  ["a batch without input", "/nothingIn,nothing?batch=1"],
  ["a hole in a batch", `/echo,echo?batch=1&input=${input({ 1: { text: "a" } })}`],
  ["eleven calls", `/${Array.from({ length: 11 }, () => "nothing").join(",")}?batch=1`],
  ["a batch of both types", "/nothing,writeNothing?batch=1"],
  ["a batch with a subscription", "/nothing,count?batch=1"],
  ["malformed JSON", "/echo?input=%7B"],
  ["malformed JSON that nobody reads", "/nothing?input=%7B"],
  ["malformed JSON in a batch", "/echo,nothing?batch=1&input=%7B"],
  ["a batch input that is no object", "/echo?batch=1&input=1"],
  ["an escaped path", "/nested%2Edeep%2Ehere"],
  ["a path that can't be decoded", "/%E0%A4%A"],
  ["a plus for a space", "/echo?input=%7B%22text%22%3A%22a+b%22%7D"],
  ["an empty path", "/"],
  ["names of the prototype", "/__proto__"],
  ["HEAD", "/nothing", { method: "HEAD" }],
  ["malformed JSON by POST", "/write", { method: "POST", body: "{", headers: { ...headers, "content-type": "application/json" } }],
  ["an empty body", "/write", { method: "POST", body: "", headers: { ...headers, "content-type": "application/json" } }],
  [
    "an empty body for an optional input",
    "/writeMaybe",
    { method: "POST", body: "", headers: { ...headers, "content-type": "application/json" } },
  ],
  ["a body that nobody reads", "/writeNothing", { method: "POST", body: "{", headers: { ...headers, "content-type": "application/json" } }],
  [
    "a content type with a charset",
    "/write",
    { method: "POST", body: `{"text":"a"}`, headers: { ...headers, "content-type": "Application/JSON; charset=utf-8" } },
  ],
  ["another content type", "/write", { method: "POST", body: "a", headers: { ...headers, "content-type": "text/plain" } }],
];

describe("on the wire", () => {
  it.each(REQUESTS)("%s", async (_name, path, init) => {
    const [lean, adapter] = await Promise.all(
      [urls.lean, urls.adapter].map(async (url) => {
        const answer = await fetch(url + path, init);
        return {
          status: answer.status,
          vary: answer.headers.get("vary"),
          type: answer.headers.get("content-type"),
          text: await answer.text(),
        };
      }),
    );
    if (init?.method === "HEAD") return expect([lean?.status, lean?.text]).toEqual([adapter?.status, adapter?.text]);
    expect([lean?.status, lean?.vary, JSON.parse(lean?.text ?? "")]).toEqual([
      adapter?.status,
      adapter?.vary,
      JSON.parse(adapter?.text ?? ""),
    ]);
    // The adapter forgets to name the type of a refusal that comes before all calls; whatever is JSON says so here.
    expect(lean?.type).toMatch(/^application\/json/);
  });

  it("a request that is given up harms nobody", async () => {
    for (const url of [urls.lean, urls.adapter]) {
      const abort = new AbortController();
      const client = clients(url).single as TRPCClient<Router>;
      const call = client.slow.query({ ms: 500 }, { signal: abort.signal });
      setTimeout(() => abort.abort(), 50);
      await expect(call).rejects.toThrow(TRPCClientError);
      expect(await client.echo.query({ text: "still here" })).toEqual({ text: "still here", count: 1 });
    }
  });
});

describe("streams", () => {
  const collect = (url: string, path: "count" | "failingStream") =>
    new Promise<unknown[]>((resolve, reject) => {
      const seen: unknown[] = [];
      const client = createTRPCClient<Router>({ links: [httpSubscriptionLink({ url, EventSource })] });
      const on = {
        onData: (item: unknown) => void seen.push(item),
        onComplete: () => resolve(seen),
        onError: (error: { data?: unknown }) => {
          seen.push({ error: error.data });
          subscription.unsubscribe();
          resolve(seen);
        },
      };
      const subscription =
        path === "count" ? client.count.subscribe({ to: 5, lastEventId: "2" }, on) : client.failingStream.subscribe(undefined, on);
      setTimeout(() => reject(new Error("the stream did not end")), 10_000).unref();
    });

  it.each(["count", "failingStream"] as const)("%s is the same through both", async (path) => {
    const [lean, adapter] = await Promise.all([collect(urls.lean, path), collect(urls.adapter, path)]);
    expect(lean).toEqual(adapter);
    expect(lean?.length).toBeGreaterThan(1);
  });
});
