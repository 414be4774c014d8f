import { ERROR_KINDS, HTTP_STATUS } from "@maru/platform/errors";
import { generateOpenApiDocument, type OpenApiRouter } from "trpc-to-openapi";
import { appRouter } from "../trpc/root";
import { REST_VERSION } from "./envelope";
import { FILE_PATHS } from "./open-api-files";
import { createRoutes, type ListShape } from "./routes";

type Json = Record<string, unknown>;
type Paths = Record<string, Record<string, Operation>>;
type Operation = Json & { responses?: Record<string, Json>; requestBody?: unknown; parameters?: Json[] };

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

const SCHEMAS: Json = {
  Meta: {
    type: "object",
    required: ["timestamp", "version", "requestId"],
    properties: {
      timestamp: { type: "string", format: "date-time" },
      version: { type: "string", const: REST_VERSION },
      requestId: { type: "string" },
    },
  },
  CursorPagination: {
    type: "object",
    required: ["nextCursor"],
    properties: { nextCursor: { type: ["string", "null"], description: "The cursor of the next page; null at the end." } },
  },
  PagePagination: {
    type: "object",
    required: ["page", "limit", "total", "totalPages"],
    properties: { page: { type: "integer" }, limit: { type: "integer" }, total: { type: "integer" }, totalPages: { type: "integer" } },
  },
  Failure: {
    type: "object",
    required: ["success", "error", "meta"],
    properties: {
      success: { type: "boolean", const: false },
      error: {
        type: "object",
        required: ["code", "message", "details"],
        properties: {
          code: { type: "string", description: "The module's own code, the same in every language.", examples: ["board.postNotFound"] },
          message: { type: "string", description: "A sentence in the language of Accept-Language." },
          details: {
            type: "array",
            items: {
              type: "object",
              required: ["field", "message"],
              properties: { field: { type: "string" }, message: { type: "string" } },
            },
          },
        },
      },
      meta: ref("Meta"),
    },
  },
};

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: "Malformed input",
  401: "No valid token",
  403: "Not allowed",
  404: "Not found, or not for you to know of",
  409: "In conflict with what is there",
  429: "Too many requests; Retry-After says how long to wait",
  500: "Unexpected; the request id leads to the log",
  503: "Not available right now; Retry-After says how long to wait",
};

const failures = (isOpen: boolean): Json =>
  Object.fromEntries(
    [...new Set([...ERROR_KINDS.map((kind) => HTTP_STATUS[kind]), 500])]
      .filter((status) => !(isOpen && status === 403))
      .sort()
      .map((status) => [status, { description: DESCRIPTIONS[status], content: { "application/json": { schema: ref("Failure") } } }]),
  );

const successSchema = (schema: Json, listShape: ListShape): Json => {
  const properties = (schema.properties ?? {}) as Json;
  const envelope = { success: { type: "boolean", const: true }, meta: ref("Meta") };
  if (listShape === "none") return { type: "object", required: ["success", "data", "meta"], properties: { ...envelope, data: schema } };
  const pagination = ref(listShape === "cursor" ? "CursorPagination" : "PagePagination");
  return {
    type: "object",
    required: ["success", "data", "pagination", "meta"],
    properties: { ...envelope, data: properties.items, pagination },
  };
};

const IDEMPOTENCY_KEY: Json = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "The same key with the same body gives the stored answer for 24 hours; with another body it is a conflict.",
  schema: { type: "string", minLength: 1, maxLength: 200 },
};

const schemaOf = (response: Json | undefined): Json =>
  ((response?.content as Json | undefined)?.["application/json"] as Json | undefined)?.schema as Json;

const resolve = (document: Json, schema: Json): Json => {
  const name = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1) : undefined;
  const schemas = ((document.components as Json).schemas ?? {}) as Record<string, Json>;
  return name === undefined ? schema : (schemas[name] ?? schema);
};

// The only parameter of a path is the id of what the path names, whatever the procedure calls it.
const ID = /\{\w+\}/;
const documentedPath = (path: string): string => (path.split("{").length === 2 ? path.replace(ID, "{id}") : path);

const documentedPaths = (paths: Paths): Paths => {
  const documented: Paths = {};
  for (const [path, operations] of Object.entries(paths)) {
    const renamed = documentedPath(path);
    const own = path.match(ID)?.[0].slice(1, -1);
    for (const operation of Object.values(operations)) {
      for (const parameter of operation.parameters ?? [])
        if (renamed !== path && parameter.in === "path" && parameter.name === own) parameter.name = "id";
    }
    documented[renamed] = { ...documented[renamed], ...operations };
  }
  for (const [path, operations] of Object.entries(FILE_PATHS)) {
    for (const [method, operation] of Object.entries(operations as Record<string, Operation>)) {
      const responses = { ...failures(false), ...operation.responses } as Record<string, Json>;
      documented[path] = { ...documented[path], [method]: { ...operation, responses } };
    }
  }
  return documented;
};

// The generator knows no body of a DELETE. Ours has one, because what a person is asked for before something ends stands in no address.
const moveQueryToBody = (operation: Operation): void => {
  const isQuery = ({ in: place }: Json) => place === "query";
  const fields = (operation.parameters ?? []).filter(isQuery);
  if (fields.length === 0) return;
  operation.parameters = operation.parameters?.filter((parameter) => !isQuery(parameter));
  const properties = Object.fromEntries(fields.map(({ name, schema }) => [name, schema]));
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const schema = { type: "object", properties, required, additionalProperties: false };
  operation.requestBody = { required: true, content: { "application/json": { schema } } };
};

const make = (origin: string): Json => {
  const document = generateOpenApiDocument(appRouter as unknown as OpenApiRouter, {
    title: "Maru",
    description:
      "Calls carry `Authorization: Bearer …` with the access token of POST /auth/login or POST /auth/token, or with a personal token (`maru_pat_…`); cookies mean nothing here. An access token lasts 15 minutes; POST /auth/refresh gives the next one. Times are UTC, ids UUIDv7.",
    version: REST_VERSION,
    openApiVersion: "3.1.0",
    baseUrl: `${origin}/api/v1`,
    securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
  }) as unknown as Json;
  const paths = document.paths as Paths;
  for (const route of createRoutes(appRouter).routes) {
    const operation = paths[route.path]?.[route.method.toLowerCase()];
    if (!operation) continue;
    const schema = resolve(document, schemaOf(operation.responses?.["200"]));
    const content = { "application/json": { schema: successSchema(schema, route.listShape) } };
    if (route.method === "DELETE") moveQueryToBody(operation);
    operation.tags = [route.procedure.split(".")[0] as string];
    operation.responses = {
      [route.status]: { description: route.status === 202 ? "Accepted" : "Done", content },
      ...failures(route.access === "open"),
    } as Record<string, Json>;
    if (route.type === "mutation" && route.access !== "open") operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
  }
  const components = document.components as Json;
  const kept = Object.entries((components.schemas ?? {}) as Json).filter(([name]) => !name.startsWith("error."));
  return {
    ...document,
    paths: documentedPaths(paths),
    components: { ...components, schemas: { ...Object.fromEntries(kept), ...SCHEMAS } },
  };
};

const made = new Map<string, Json>();

/** The document of /api/v1, made once per origin from the same procedures that answer there. */
export const openApiDocument = (origin: string): Json => {
  const known = made.get(origin) ?? make(origin);
  made.set(origin, known);
  return known;
};
