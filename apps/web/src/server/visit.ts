import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isUuid } from "@maru/platform/http";

/** One request on its way through the front door. */
export type Visit = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** Who really asks, whatever a header says. */
  readonly address: string;
  readonly startedAt: number;
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  /** Which door answers: it names the figures of /metrics. */
  door: string;
  personId: string | null;
};

export const openVisit = (request: IncomingMessage, response: ServerResponse, address: string): Visit => {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  const inbound = request.headers["x-request-id"];
  return {
    request,
    response,
    // A proxy may have begun the trace; anything that is no id would only forge log lines.
    requestId: typeof inbound === "string" && isUuid(inbound) ? inbound : randomUUID(),
    address,
    startedAt: performance.now(),
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? "" : url.slice(mark + 1),
    door: "page",
    personId: null,
  };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.includes("+") ? text.replaceAll("+", " ") : text);
  } catch {
    return text;
  }
};

/** The first value of a query parameter, or null. Most requests have one or two parameters: no map is built for them. */
export const queryValue = (query: string, name: string): string | null => {
  for (let from = 0; from < query.length; ) {
    let end = query.indexOf("&", from);
    if (end < 0) end = query.length;
    if (query.startsWith(name, from)) {
      const next = from + name.length;
      if (next === end) return "";
      if (query.charCodeAt(next) === 61) return decode(query.slice(next + 1, end));
    }
    from = end + 1;
  }
  return null;
};
