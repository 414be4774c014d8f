import { sql as raw } from "kysely";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { definePrepared, definePreparedView, isoOf, statementName } from "./prepared";
import { createTestDatabase, type TestDatabase } from "./testing/database";

const boardsNamed = definePrepared<{ name: string; limit: number }>()((sql, param) =>
  sql.selectFrom("board").select(["slug", "name"]).where("name", "=", param.name).orderBy("slug").limit(param.limit),
);

const boardTimes = definePreparedView<{ slug: string }>()((sql, param) =>
  sql
    .selectFrom("board")
    .select(["sort_order", raw<Date>`'2026-11-20 14:04:03.12+09'::timestamptz`.as("at"), raw<Date | null>`null::timestamptz`.as("never")])
    .where("slug", "=", param.slug),
);

let place: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  place = await createTestDatabase();
  pool = new Pool({ connectionString: place.url, max: 1 });
  for (const slug of ["a", "b", "c"]) {
    await pool.query("INSERT INTO board (id, slug, name, name_en, sort_order) VALUES (gen_random_uuid(), $1, '같은 이름', 'x', 1)", [slug]);
  }
});
afterAll(async () => {
  await pool.end();
  await place.drop();
});

describe("definePrepared", () => {
  it("binds each call's values, and prepares once on a connection", async () => {
    expect(await boardsNamed(pool, { name: "같은 이름", limit: 2 })).toEqual([
      { slug: "a", name: "같은 이름" },
      { slug: "b", name: "같은 이름" },
    ]);
    expect(await boardsNamed(pool, { name: "같은 이름", limit: 1 })).toHaveLength(1);
    expect(await boardsNamed(pool, { name: "'; DROP TABLE board; --", limit: 9 })).toEqual([]);
    const { rows } = await pool.query<{ name: string; statement: string }>("SELECT name, statement FROM pg_prepared_statements");
    expect(rows.map(({ name, statement }) => name === statementName(statement))).toEqual([true]);
  });

  it("names one text alike and another otherwise", () => {
    expect(statementName("SELECT 1")).toBe(statementName("SELECT 1"));
    expect(statementName("SELECT 1")).not.toBe(statementName("SELECT 2"));
    expect(statementName("SELECT 1").length).toBeLessThan(63);
  });
});

describe("definePreparedView", () => {
  it("gives times as the text that a view carries, and everything else as ever", async () => {
    expect(await boardTimes(pool, { slug: "a" })).toEqual([{ sort_order: 1, at: "2026-11-20T05:04:03.120Z", never: null }]);
  });

  it.each(["UTC", "Asia/Seoul", "America/St_Johns"])("reads what PostgreSQL writes in %s", async (zone) => {
    await pool.query(`SET timezone = '${zone}'`);
    for (const at of [
      "2026-11-20T05:04:03.000Z",
      "2026-11-20T05:04:03.120Z",
      "2026-11-20T05:04:03.007Z",
      "1899-12-31T23:59:59.999Z",
      "0044-03-15T12:00:00.000Z",
      "9999-12-31T23:59:59.999Z",
    ]) {
      const { rows } = await pool.query<{ text: string }>("SELECT $1::timestamptz::text AS text", [at]);
      expect(isoOf(rows[0]?.text ?? ""), rows[0]?.text).toBe(at);
    }
    await pool.query("RESET timezone");
  });

  it("takes the long way for what is longer than a time of ours", () => {
    expect(isoOf("2026-11-20 05:04:03.123456+00")).toBe("2026-11-20T05:04:03.123Z");
    expect(isoOf("10000-01-01 00:00:00+00")).toBe("+010000-01-01T00:00:00.000Z");
  });
});
