import { sql } from "kysely";
import type { Ctx } from "../../../tools";

const BATCH = 10_000;

/**
 * Adds what was appended to `post_count_delta` to the posts and removes it, in one statement: a reader sees the sum of both, the same
 * before and after. Returns how many rows it took; a full batch means that there are more.
 */
export const foldCounts = (ctx: Ctx): Promise<{ taken: number; isMore: boolean }> =>
  ctx.tx(async (tx) => {
    const { rows } = await sql<{ taken: number }>`
      WITH taken AS (
        DELETE FROM post_count_delta WHERE id IN (SELECT id FROM post_count_delta ORDER BY id LIMIT ${BATCH}::int FOR UPDATE SKIP LOCKED)
        RETURNING post_id, comments, likes, views
      ), sums AS (
        SELECT post_id, sum(comments)::int AS comments, sum(likes)::int AS likes, sum(views)::int AS views FROM taken GROUP BY post_id
      ), folded AS (
        UPDATE post p SET comment_count = p.comment_count + s.comments, like_count = p.like_count + s.likes, view_count = p.view_count + s.views
        FROM sums s WHERE p.id = s.post_id
      ) SELECT count(*)::int AS taken FROM taken`.execute(tx.sql);
    const taken = rows[0]?.taken ?? 0;
    return { taken, isMore: taken === BATCH };
  });
