import { paragraphs, type RichText } from "@maru/platform/rich-text";
import fc from "fast-check";
import { z } from "zod";
import { validDocument } from "./rich-text-documents";

/** What inputs may name: ids and words of the world in which they are tried, so that some of them reach a record. */
export type Known = { readonly ids: readonly string[]; readonly words: readonly string[] };

/** An input with what it is: `mustRefuse` when no procedure with this schema may take it. */
export type Attempt = { readonly kind: string; readonly mustRefuse: boolean; readonly input: unknown };

/** As much of a JSON schema as the inputs of this product need. */
export type Schema = {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly isRichText?: boolean;
};

const isDocument = (schema: z.ZodType): boolean => schema.safeParse(paragraphs("가")).success && !schema.safeParse("가").success;

/** The JSON schema of an input; what JSON can't tell is marked when it is a document. Any other such schema makes the proof fail. */
export const schemaOf = (input: unknown): Schema | null =>
  input instanceof z.ZodType
    ? (z.toJSONSchema(input, {
        io: "input",
        unrepresentable: "any",
        override: ({ zodSchema, jsonSchema }) => {
          if (zodSchema instanceof z.ZodCustom && isDocument(zodSchema)) Object.assign(jsonSchema, { isRichText: true });
        },
      }) as Schema)
    : null;

// Each is a text, so a schema of a text may take it; nothing of the kind may end in an error that nobody expected.
const strangeText = fc.constantFrom(
  "\0",
  "가\0나",
  "\ud83d",
  "a\udc00",
  "%",
  "_%",
  "\\",
  "'",
  "';--",
  "{{7*7}}",
  "#{7*7}",
  "<img src=x onerror=alert(1)>",
  "‮",
  "\u0007\u001b[2J",
  "../../etc/passwd",
  "\r\nSet-Cookie: a=b",
  "=1+1",
  "ﷺ".repeat(9),
  "İ",
  "ß",
  "각",
  "0",
  "null",
  "-1",
  "1e400",
  "9".repeat(40),
);
const EDGES = [0, 1, 2, -1, 2_147_483_647, 2_147_483_648, 4_294_967_296, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];

const textOf = (schema: Schema, { ids, words }: Known): fc.Arbitrary<unknown> => {
  if (schema.format === "uuid") return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, fc.uuid());
  if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern));
  const { minLength = 0, maxLength = 200 } = schema;
  const plain = fc.string({ unit: "grapheme", minLength, maxLength: Math.min(maxLength, 60) });
  return fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...words) }, plain, strangeText, fc.constant("가".repeat(maxLength)));
};

const wholeOf = ({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Schema): fc.Arbitrary<unknown> => {
  const [least, most] = [Math.max(minimum, Number.MIN_SAFE_INTEGER), Math.min(maximum, Number.MAX_SAFE_INTEGER)];
  const edges = EDGES.filter((value) => value >= least && value <= most);
  return fc.oneof(fc.integer({ min: least, max: Math.min(most, least + 20) }), fc.constantFrom(least, most, ...edges));
};

/** Values that have the shape of a schema. */
const shaped = (schema: Schema, known: Known): fc.Arbitrary<unknown> => {
  if (schema.isRichText) return validDocument as fc.Arbitrary<RichText>;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ("const" in schema) return fc.constant(schema.const);
  const shapes = schema.anyOf ?? schema.oneOf;
  if (shapes) return fc.oneof(...shapes.map((one) => shaped(one, known)));
  if (schema.type === "string") return textOf(schema, known);
  if (schema.type === "integer" || schema.type === "number") return wholeOf(schema);
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "null") return fc.constant(null);
  if (schema.type === "array") return fc.array(shaped(schema.items ?? {}, known), { maxLength: Math.min(schema.maxItems ?? 4, 4) });
  if (schema.type !== "object") throw new Error(`a schema that this proof can't make: ${JSON.stringify(schema)}`);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, shaped(field, known)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true });
};

const operators = fc.constantFrom<unknown>(
  { $ne: 1 },
  { $gt: "" },
  { not: "" },
  { not: null },
  { contains: "" },
  { in: [] },
  { set: 1 },
  { increment: 1 },
  { OR: [] },
  { toString: "x" },
  { length: 1 },
  {},
  JSON.parse('{"__proto__":{"polluted":1}}'),
  { constructor: { prototype: { polluted: 1 } } },
);
const extraNames = fc.constantFrom(
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "$where",
  "isAdmin",
  "permissions",
  "actor",
  "ownerId",
  "authorId",
  "deletedAt",
  "select",
  "include",
  "where",
  "",
);
const wrongTypes: Readonly<Record<string, readonly unknown[]>> = {
  string: [7, true, null, ["x"], 0],
  integer: ["1", true, null, [1], 1.5, Number.POSITIVE_INFINITY, Number.NaN, -(2 ** 60)],
  number: ["1", true, null, [1], Number.NaN],
  boolean: ["true", 1, 0, null, [true]],
  array: ["x", 7, null, true, { 0: "x", length: 1 }],
  document: ["<p>x</p>", 7, null, true, [], [{ type: "doc" }], { type: "Doc" }],
};

const withField = (value: unknown, name: string, field: unknown): object => {
  const copy = { ...(value as object) };
  // By definition, not by assignment: `__proto__` becomes a key of its own, as JSON.parse makes one.
  Object.defineProperty(copy, name, { value: field, enumerable: true, configurable: true, writable: true });
  return copy;
};
const withoutField = (value: unknown, name: string): object =>
  Object.fromEntries(Object.entries(value as object).filter(([key]) => key !== name));

const deep = (levels: number): unknown => {
  let value: unknown = "x";
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
};

type Refuse = (kind: string) => (input: unknown) => Attempt;
const refuse: Refuse = (kind) => (input) => ({ kind, mustRefuse: true, input });

/** What a careless caller sends: no object, a field of another type, a field that is not there. */
const invalidOf = (schema: Schema, valid: unknown): fc.Arbitrary<Attempt> => {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const types = (field.anyOf ?? [field]).map((one) => (one.isRichText ? "document" : (one.type ?? "string")));
    const values = wrongTypes[types.find((type) => type !== "null") ?? "string"] ?? wrongTypes.string ?? [];
    // Where null is one of the shapes, it is not wrong.
    const wrong = fc.constantFrom(...values.filter((value) => value !== null || !types.includes("null")));
    return { weight: 3, arbitrary: wrong.map((value) => refuse("wrong type")(withField(valid, name, value))) };
  });
  return fc.oneof(
    fc.constantFrom<unknown>(null, undefined, [], [valid], "text", "", 7, true, Number.NaN).map(refuse("no object")),
    ...fields,
    ...(schema.required ?? []).map((name) => fc.constant(refuse("missing key")(withoutField(valid, name)))),
  );
};

/** What an attacker makes of a valid input: more keys, operators, prototypes, huge and deep values. */
const mutantsOf = (schema: Schema, valid: unknown): fc.Arbitrary<Attempt> => {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const put = (kind: string) => (value: unknown) => refuse(kind)(withField(valid, name, value));
    const huge = field.isRichText || field.type !== "array" ? "x".repeat(300_000) : Array.from({ length: 20_000 }, () => "x");
    const arbitrary = fc.oneof(
      operators.map(put("operator")),
      fc.constant(huge).map(put("huge")),
      fc.constantFrom(50, 5_000).map((levels) => put("deep")(deep(levels))),
    );
    return { weight: 2, arbitrary };
  });
  const extra = fc.tuple(extraNames, fc.oneof(operators, fc.constantFrom<unknown>(1, "x", null, true, "x".repeat(10_000))));
  return fc.oneof({ weight: 3, arbitrary: extra.map(([name, value]) => refuse("extra key")(withField(valid, name, value))) }, ...fields);
};

const edgesOf: Readonly<Record<string, readonly unknown[]>> = {
  string: ["\0", "a\0b", "\ud83d", "%", "\\", "'"],
  integer: [2_147_483_647, 2_147_483_648, Number.MAX_SAFE_INTEGER, 0, -1],
};

/** Inputs with the shape of a schema, and nothing wrong with them. */
export const shapedInputs = (schema: Schema, known: Known, seed: number, count: number): unknown[] =>
  fc.sample(shaped(schema, known), { seed, numRuns: count });

/**
 * What every run tries, whatever its depth, each made of one input that was taken: every field at the edges of its type, where a schema that
 * forgets them ends in the database; an operator in every field; keys that nobody asked for.
 */
export const edges = (schema: Schema, valid: unknown): Attempt[] => {
  const forged = (name: string, value: unknown): Attempt => ({ kind: "edge", mustRefuse: true, input: withField(valid, name, value) });
  const ofFields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    ...(edgesOf[field.type ?? ""] ?? []).map((value) => ({ ...forged(name, value), mustRefuse: false })),
    forged(name, { $ne: 1 }),
  ]);
  return [...ofFields, forged("isAdmin", true), forged("__proto__", { polluted: 1 }), forged("where", { OR: [] })];
};

/** The three kinds of input that a procedure meets. One without an input looks at none, and takes anything. */
export const INPUT_KINDS = ["valid", "invalid", "mutated"] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

/** Inputs of a procedure of one kind: with the shape of its schema, or made of such a one and so that no procedure may take it. */
export const attemptsOf = (kind: InputKind, schema: Schema | null, known: Known): fc.Arbitrary<Attempt> => {
  if (!schema) return fc.anything().map((input) => ({ kind: "ignored", mustRefuse: false, input }));
  const valid = shaped(schema, known);
  if (kind === "valid") return valid.map((input) => ({ kind: "shaped", mustRefuse: false, input }));
  return valid.chain((value) => (kind === "invalid" ? invalidOf(schema, value) : mutantsOf(schema, value)));
};
