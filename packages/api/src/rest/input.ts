import { AppError } from "@maru/platform/errors";
import type { RestRoute } from "./routes";

const refuse = (field: string, message: string): AppError =>
  new AppError("invalid", "common.invalidInput", { fields: [{ field, message }] });

const decode = (name: string, text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse(name, "invalid_format");
  }
};

// Only a text that is the value's own writing is turned into it; everything else stays text, for the schema to refuse.
const typedValue = (kind: string, text: string): unknown => {
  if (kind === "number") return /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : text;
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return text;
};

const readQuery = (route: RestRoute, query: string, input: Record<string, unknown>): void => {
  for (const [name, text] of new URLSearchParams(query)) {
    const kind = route.parameters.get(name);
    if (kind === undefined || route.pathParameters.includes(name)) throw refuse(name, "unrecognized_keys");
    if (kind === "strings") input[name] = [...((input[name] as string[] | undefined) ?? []), text];
    else if (Object.hasOwn(input, name)) throw refuse(name, "invalid_type");
    else input[name] = typedValue(kind, text);
  }
};

const readJson = (route: RestRoute, body: string, input: Record<string, unknown>): void => {
  if (body === "") return;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new AppError("invalid", "common.invalidInput");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new AppError("invalid", "common.invalidInput");
  for (const [name, value] of Object.entries(parsed)) {
    // What the path says is not said again, and what the schema does not name is refused here already: `__proto__` never becomes a key.
    if (!route.parameters.has(name) || route.pathParameters.includes(name)) throw refuse(name, "unrecognized_keys");
    input[name] = value;
  }
};

/** The input of a procedure from path, query and body. Nothing is left over: a parameter that has no place in the schema is refused. */
export const readRestInput = (route: RestRoute, params: Readonly<Record<string, string>>, query: string, body: string): unknown => {
  const input: Record<string, unknown> = {};
  for (const name of route.pathParameters) input[name] = decode(name, params[name] ?? "");
  // What a command is given stands in its body, a deletion's too: a query is written into logs on the way.
  if (route.method !== "GET") {
    const [unexpected] = new URLSearchParams(query).keys();
    if (unexpected !== undefined) throw refuse(unexpected, "unrecognized_keys");
    readJson(route, body, input);
  } else {
    if (query !== "") readQuery(route, query, input);
    if (body !== "") throw new AppError("invalid", "common.invalidInput");
  }
  return route.hasInput ? input : undefined;
};
