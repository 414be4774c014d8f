import { seedLarge } from "@maru/db/seed/large";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { FIRST_POST_PLACE } from "./domain";
import { pageOfPosts, readerOf, recentPosts } from "./queries";

type Plan = {
  readonly "Node Type": string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Plan[];
};

const POSTS = 20_000;
let test: TestMaru;
let boardId: string;

beforeAll(async () => {
  test = await createTestMaru({ poolSize: 1 });
  const { member } = test.actors;
  boardId = await seedLarge({ databaseUrl: test.databaseUrl, posts: POSTS });
  // An avid reader, in the middle of many who read little: a plan made for everybody must still be good for her.
  const { pool } = test.maru.database;
  await pool.query("INSERT INTO post_read (person_id, post_id) SELECT $1, id FROM post", [member.id]);
  await pool.query("INSERT INTO post_read (person_id, post_id) SELECT gen_random_uuid(), id FROM post ORDER BY id LIMIT 2000");
  await pool.query("INSERT INTO post_count_delta (post_id, views) SELECT id, 1 FROM post ORDER BY published_at DESC LIMIT 400");
  await pool.query("ANALYZE");
});
afterAll(() => test.stop());

const rowsOf = (plan: Plan): number =>
  Math.max((plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)) * plan["Actual Loops"], ...(plan.Plans ?? []).map(rowsOf));

const literal = (value: unknown): string =>
  Array.isArray(value) ? `'{${value.join(",")}}'` : value instanceof Date ? `'${value.toISOString()}'` : `'${String(value)}'`;

/** The most rows that any step of the statement's shared plan touches. `values` are its parameters in order. */
const mostRowsTouched = async (run: () => Promise<unknown>, marker: string, values: readonly unknown[]): Promise<number> => {
  const { pool } = test.maru.database;
  await run();
  const prepared = await pool.query<{ name: string }>("SELECT name FROM pg_prepared_statements WHERE statement LIKE $1", [marker]);
  expect(prepared.rows).toHaveLength(1);
  await pool.query("SET plan_cache_mode = force_generic_plan");
  const explained = await pool.query<{ "QUERY PLAN": readonly [{ readonly Plan: Plan }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE "${prepared.rows[0]?.name}" (${values.map(literal).join(", ")})`,
  );
  await pool.query("RESET plan_cache_mode");
  return rowsOf(explained.rows[0]?.["QUERY PLAN"][0].Plan as Plan);
};

describe("the hot reads", () => {
  it("read a page of a board, not the board nor everything that somebody has read", async () => {
    const { member } = test.actors;
    const reader = readerOf(member);
    const place = FIRST_POST_PLACE;
    const run = () => pageOfPosts(20)(test.maru.database.pool, { ...reader, ...place, boardId, actorId: member.id });
    const values = [boardId, reader.departments, reader.moderatesAll, place.isPinned, place.at, place.id, member.id, member.id];
    // 400 counts wait to be folded, and a handful of small tables are read whole; a board has 20,000 posts.
    expect(await mostRowsTouched(run, "%p.is_pinned, p.published_at, p.id) <%limit 21%", values)).toBeLessThanOrEqual(500);
  });

  it("read the newest posts of all boards from the top of each", async () => {
    const { member } = test.actors;
    const reader = readerOf(member);
    const run = () => recentPosts(test.maru.database.pool, { ...reader, noticesOnly: false, limit: 8, actorId: member.id });
    const values = [reader.departments, reader.moderatesAll, false, 8, member.id, member.id];
    expect(await mostRowsTouched(run, "%part(is_pinned)%", values)).toBeLessThanOrEqual(500);
  });
});
