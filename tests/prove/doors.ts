import { appRouter } from "@maru/api";
import { createRoutes, type RestRoute } from "@maru/api/rest";
import type { TestDoor } from "../../apps/web/src/server/testing/test-door";
import { proceduresOf } from "../architecture/procedures";

/** What a call came to: "done", or the code of the refusal; `data` is the result of what was done. */
export type Outcome = { readonly status: number; readonly code: string; readonly data: unknown };
type Headers = Readonly<Record<string, string>>;
type Input = Readonly<Record<string, unknown>>;

export const procedures = proceduresOf(appRouter);
const routes = new Map(createRoutes(appRouter).routes.map((route) => [route.procedure, route]));

/** The REST twin of a procedure, when it has one. */
export const twinOf = (procedure: string): RestRoute | undefined => routes.get(procedure);

type TrpcAnswer = { result?: { data: unknown }; error?: { data: { app: { code: string } | null } } };
type RestAnswer = { success: boolean; data?: unknown; error?: { code: string } };

const STREAM_TYPE = "text/event-stream";

/** The first thing that a stream tells after its greeting: an item, or the refusal, which tRPC sends as an event with the status 200. */
const readStream = async (answer: Response): Promise<Outcome> => {
  let text = "";
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const told = text.split("\n\n").find((event) => /^data: .+$/m.test(event) && !event.includes("event: connected"));
    if (told === undefined || !text.endsWith("\n\n")) continue;
    const data = JSON.parse(/^data: (.+)$/m.exec(told)?.[1] ?? "null") as { data?: { app?: { code: string } | null; httpStatus?: number } };
    if (!told.includes("event: serialized-error")) return { status: answer.status, code: "done", data };
    return { status: data.data?.httpStatus ?? 500, code: data.data?.app?.code ?? "unexpected", data };
  }
  return { status: 500, code: "the stream ended without a word", data: text };
};

/** Calls a procedure through /api/trpc, as the browser does. Of a stream the first event is its result. */
export const callTrpc = async (door: TestDoor, procedure: string, input: Input, headers: Headers): Promise<Outcome> => {
  const type = procedures.get(procedure)?.type;
  const url = `${door.url}/api/trpc/${procedure}`;
  const query = `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const answer =
    type === "mutation"
      ? await fetch(url, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(input) })
      : await fetch(url + query, { headers: type === "subscription" ? { ...headers, accept: STREAM_TYPE } : headers });
  if (answer.ok && answer.headers.get("content-type")?.startsWith(STREAM_TYPE)) {
    return readStream(answer);
  }
  const { result, error } = (await answer.json()) as TrpcAnswer;
  return { status: answer.status, code: error ? (error.data.app?.code ?? "unexpected") : "done", data: result?.data };
};

/** Calls the same procedure through /api/v1, as a script does. */
export const callRest = async (door: TestDoor, route: RestRoute, input: Input, headers: Headers): Promise<Outcome> => {
  const rest = Object.entries(input).filter(([name]) => !route.pathParameters.includes(name));
  const path = route.path.replace(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(String(input[name])));
  const carriesBody = route.method !== "GET" && (route.method !== "DELETE" || rest.length > 0);
  const query = carriesBody ? "" : `?${new URLSearchParams(rest.map(([name, value]) => [name, String(value)]))}`;
  const answer = await fetch(`${door.url}/api/v1${path}${query}`, {
    method: route.method,
    headers: carriesBody ? { ...headers, "content-type": "application/json" } : headers,
    body: carriesBody ? JSON.stringify(Object.fromEntries(rest)) : undefined,
  });
  const { success, data, error } = (await answer.json()) as RestAnswer;
  return { status: answer.status, code: success ? "done" : (error?.code ?? "unexpected"), data };
};
