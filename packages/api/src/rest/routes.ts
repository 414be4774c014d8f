import { z } from "zod";
import type { Access, Meta } from "../trpc/init";

export type RestMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type CallOptions = {
  readonly path: string;
  readonly type: string;
  readonly ctx: unknown;
  readonly getRawInput: () => Promise<unknown>;
  readonly signal: undefined;
  readonly batchIndex: number;
};
type Definition = {
  readonly type: "query" | "mutation" | "subscription";
  readonly meta?: Meta;
  readonly inputs: readonly unknown[];
  readonly output?: unknown;
};
type Procedure = ((options: CallOptions) => Promise<unknown>) & { readonly _def: Definition };

/** How a query parameter becomes a value: by the kind that its schema names. */
type ParameterKind = "string" | "number" | "boolean" | "strings";
/** How an answer becomes `data` and `pagination`. */
export type ListShape = "none" | "cursor" | "page";

export type RestRoute = {
  readonly method: RestMethod;
  /** Below /api/v1, with parameters in braces. */
  readonly path: string;
  readonly procedure: string;
  readonly type: "query" | "mutation";
  /** Which limit a call of it meets. */
  readonly countsAs: "read" | "write" | "background";
  readonly access: Access;
  readonly hasInput: boolean;
  readonly parameters: ReadonlyMap<string, ParameterKind>;
  readonly pathParameters: readonly string[];
  readonly listShape: ListShape;
  /** Of an answer that is no refusal. */
  readonly status: 200 | 202;
  /** Calls the same procedure that tRPC calls. */
  run(ctx: unknown, input: unknown): Promise<unknown>;
};

type JsonSchema = { type?: string; anyOf?: JsonSchema[]; properties?: Record<string, JsonSchema>; enum?: unknown[] };

const jsonSchemaOf = (schema: unknown, io: "input" | "output"): JsonSchema =>
  schema instanceof z.ZodType ? (z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema) : {};

const kindOf = (schema: JsonSchema): ParameterKind => {
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.type === "boolean") return "boolean";
  return schema.type === "array" ? "strings" : "string";
};

const listShapeOf = (output: JsonSchema): ListShape => {
  const properties = output.properties ?? {};
  if (properties.items?.type !== "array") return "none";
  if ("nextCursor" in properties) return "cursor";
  return properties.page?.type === "object" ? "page" : "none";
};

const routeOf = (name: string, procedure: Procedure): RestRoute | null => {
  const { type, meta, inputs, output } = procedure._def;
  if (!meta?.openapi || type === "subscription") return null;
  const { method, path } = meta.openapi;
  const properties = jsonSchemaOf(inputs[0], "input").properties ?? {};
  return {
    method,
    path,
    procedure: name,
    type,
    access: meta.access,
    countsAs: type === "query" ? "read" : meta.isBackground ? "background" : "write",
    hasInput: inputs.length > 0,
    parameters: new Map(Object.entries(properties).map(([key, schema]) => [key, kindOf(schema)])),
    pathParameters: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string),
    status: meta.isAccepted ? 202 : 200,
    listShape: listShapeOf(jsonSchemaOf(output, "output")),
    run: (ctx, input) => procedure({ path: name, type, ctx, getRawInput: async () => input, signal: undefined, batchIndex: 0 }),
  };
};

type Node = { readonly fixed: Map<string, Node>; parameter?: Node; readonly routes: Map<string, RestRoute> };
const newNode = (): Node => ({ fixed: new Map(), routes: new Map() });

export type RestMatch =
  | { readonly route: RestRoute; readonly params: Readonly<Record<string, string>> }
  | { readonly allowed: readonly string[] };

const insert = (root: Node, route: RestRoute): void => {
  let node = root;
  for (const segment of route.path.split("/").slice(1)) {
    if (segment.startsWith("{")) {
      node.parameter ??= newNode();
      node = node.parameter;
    } else {
      const next = node.fixed.get(segment) ?? newNode();
      node.fixed.set(segment, next);
      node = next;
    }
  }
  if (node.routes.has(route.method)) throw new Error(`${route.method} ${route.path} stands twice`);
  node.routes.set(route.method, route);
};

type Found = { readonly node: Node; readonly values: string[] };

const walk = (node: Node, segments: readonly string[], index: number): Found | null => {
  const segment = segments[index];
  if (segment === undefined) return node.routes.size > 0 ? { node, values: [] } : null;
  // A fixed name goes before a parameter: /users/me is nobody's id.
  const fixed = node.fixed.get(segment);
  const found = fixed && walk(fixed, segments, index + 1);
  if (found) return found;
  if (!node.parameter || segment === "") return null;
  const below = walk(node.parameter, segments, index + 1);
  below?.values.unshift(segment);
  return below;
};

/** Finds the procedure that answers a method and path, null for a path that nothing answers. */
export const createRoutes = (router: { readonly _def: { readonly procedures: unknown } }) => {
  const root = newNode();
  const routes = Object.entries(router._def.procedures as Record<string, Procedure>).flatMap(
    ([name, procedure]) => routeOf(name, procedure) ?? [],
  );
  for (const route of routes) insert(root, route);
  return {
    routes,
    match: (method: string, path: string): RestMatch | null => {
      const found = walk(root, path.split("/").slice(1), 0);
      if (!found) return null;
      const route = found.node.routes.get(method === "HEAD" ? "GET" : method);
      if (!route) return { allowed: [...found.node.routes.keys()] };
      return { route, params: Object.fromEntries(route.pathParameters.map((name, index) => [name, found.values[index] ?? ""])) };
    },
  };
};
