type Json = Readonly<Record<string, unknown>>;

export type Field = {
  readonly name: string;
  readonly place: "path" | "query" | "header" | "body" | "answer";
  readonly type: string;
  readonly isRequired: boolean;
};
export type Operation = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly isOpen: boolean;
  readonly input: readonly Field[];
  readonly output: readonly Field[];
  readonly isList: boolean;
};
export type Module = { readonly name: string; readonly operations: readonly Operation[] };

const record = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A schema in a few words: its type, its bounds, its values. */
const typeOf = (schema: Json): string => {
  if (list(schema.enum).length > 0) return list(schema.enum).map(String).join(" | ");
  const alternatives = list(schema.anyOf ?? schema.oneOf).map((part) => typeOf(record(part)));
  if (alternatives.length > 0) return [...new Set(alternatives)].join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array") return `${typeOf(record(schema.items))}[]`;
  const type = list(schema.type).length > 0 ? list(schema.type).join(" | ") : typeof schema.type === "string" ? schema.type : "object";
  const bounds = [
    schema.format,
    schema.minLength !== undefined || schema.maxLength !== undefined ? `${schema.minLength ?? 0}–${schema.maxLength ?? ""}` : undefined,
    schema.minimum !== undefined || schema.maximum !== undefined ? `${schema.minimum ?? ""}–${schema.maximum ?? ""}` : undefined,
  ].filter(Boolean);
  return bounds.length > 0 ? `${type} (${bounds.join(", ")})` : type;
};

const fieldsOf = (schema: Json, place: Field["place"]): Field[] => {
  const required = new Set(list(schema.required));
  return Object.entries(record(schema.properties)).map(([name, property]) => ({
    name,
    place,
    type: typeOf(record(property)),
    isRequired: required.has(name),
  }));
};

const jsonSchema = (holder: unknown): Json => record(record(record(record(holder).content)["application/json"]).schema);

const operationOf = (path: string, method: string, operation: Json): Operation => {
  const parameters = list(operation.parameters).map((value): Field => {
    const { name, in: place, schema, required } = record(value);
    return { name: String(name), place: place as Field["place"], type: typeOf(record(schema)), isRequired: required === true };
  });
  const done = Object.entries(record(operation.responses)).find(([status]) => status.startsWith("2"))?.[1];
  const answer = record(record(jsonSchema(done).properties).data);
  const isList = answer.type === "array";
  return {
    id: String(operation.operationId),
    method: method.toUpperCase(),
    path: `/api/v1${path}`,
    summary: typeof operation.summary === "string" ? operation.summary : "",
    isOpen: list(operation.security).length === 0,
    input: [...parameters, ...fieldsOf(jsonSchema(operation.requestBody), "body")],
    output: fieldsOf(isList ? record(answer.items) : answer, "answer"),
    isList,
  };
};

/** The operations of an OpenAPI document, by module and in the order of their paths. */
export const readOperations = (document: Json): Module[] => {
  const modules = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(record(document.paths)).sort(([left], [right]) => left.localeCompare(right))) {
    for (const [method, operation] of Object.entries(record(methods))) {
      const name = String(list(record(operation).tags)[0] ?? "");
      modules.set(name, [...(modules.get(name) ?? []), operationOf(path, method, record(operation))]);
    }
  }
  return [...modules].map(([name, operations]) => ({ name, operations }));
};
