import { createHash } from "node:crypto";
import type { Compilable, InferResult, Kysely } from "kysely";
import { type CustomTypesConfig, type Pool, types } from "pg";
import type { DB } from "./generated/kysely/types";
import { kyselyOn } from "./tx-sql";

/** The name under which a statement is prepared on each connection; derived from its text, so that one text has one name. */
export const statementName = (sqlText: string): string => `m${createHash("sha1").update(sqlText).digest("base64url").slice(0, 20)}`;

class Parameter {
  constructor(readonly name: string) {}
}

// Compiles only: it is never asked to run anything.
const compiler = kyselyOn(async () => {
  throw new Error("a prepared read runs through its pool");
});

export type Queryable = Pick<Pool, "query">;

/** Compiles a statement once, and gives what runs it; `times` reads its times where they shall not become dates. */
const prepare = <Parameters extends Record<string, unknown>, Rows>(
  build: (sql: Kysely<DB>, param: Parameters) => Compilable,
  times?: CustomTypesConfig,
) => {
  const placeholders = new Proxy({} as Parameters, { get: (_target, name) => new Parameter(String(name)) });
  const { sql: text, parameters: slots } = build(compiler, placeholders).compile();
  const name = statementName(text);
  return async (pool: Queryable, values: Parameters): Promise<Rows> => {
    const bound = slots.map((slot) => (slot instanceof Parameter ? values[slot.name] : slot));
    return (await pool.query({ name, text, values: bound, types: times })).rows as Rows;
  };
};

/**
 * A hot read: typed by Kysely, compiled once when the module loads, run by `pg` as a named prepared statement (the name is half of the speed).
 * `build` gets a placeholder for every parameter: `definePrepared<{ id: string }>()((sql, param) => sql.selectFrom("post").where("id", "=", param.id)…)`.
 */
export const definePrepared =
  <Parameters extends Record<string, unknown>>() =>
  <Query extends Compilable>(build: (sql: Kysely<DB>, param: Parameters) => Query) =>
    prepare<Parameters, InferResult<Query>>(build);

type WithTimesAsText<Row> = { [Column in keyof Row]: Date extends Row[Column] ? Exclude<Row[Column], Date> | string : Row[Column] };

/**
 * The same for rows that go into a view as they are: a time comes as the text that views carry (ISO 8601 in UTC). Making a date of each only to
 * write it as text again was a twentieth of what a page of a board cost.
 */
export const definePreparedView =
  <Parameters extends Record<string, unknown>>() =>
  <Query extends Compilable>(build: (sql: Kysely<DB>, param: Parameters) => Query) =>
    prepare<Parameters, WithTimesAsText<InferResult<Query>[number]>[]>(build, timesAsText);

const parseTime = types.getTypeParser(types.builtins.TIMESTAMPTZ);

/** What PostgreSQL writes in UTC, "2026-11-20 05:04:03.12+00" without zeros at the end, as ISO 8601; any other form takes the long way. */
export const isoOf = (text: string): string => {
  if (text[10] !== " " || text.length > 26 || !text.endsWith("+00")) return parseTime(text).toISOString();
  const time = text.slice(11, -3);
  return `${text.slice(0, 10)}T${time.length === 8 ? `${time}.000` : time.padEnd(12, "0")}Z`;
};

const timesAsText: CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === types.builtins.TIMESTAMPTZ ? isoOf : types.getTypeParser(oid, format)),
};
