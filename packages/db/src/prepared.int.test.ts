import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { definePrepared, statementName } from "./prepared";
import { createTestDatabase, type TestDatabase } from "./testing/database";

const boardsNamed = definePrepared<{ name: string; limit: number }>()((sql, param) =>
  sql.selectFrom("board").select(["slug", "name"]).where("name", "=", param.name).orderBy("slug").limit(param.limit),
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
