import { sql } from "kysely";
import type { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import { boardErrors, type PostLikeView, type setPostLikeInput } from "../contract";
import { postLiked } from "../events";
import { isVisible, readerOf } from "../queries";

type Outcome = { readonly is_there: boolean; readonly is_changed: boolean };

const visiblePost = (tx: TxCtx, id: string) => sql`
  SELECT p.id FROM post p JOIN board b ON b.id = p.board_id
  WHERE p.id = ${id}::uuid AND p.deleted_at IS NULL AND ${isVisible("b", readerOf(tx.actor))}`;

// The counter follows the row that was really written or removed: twice the same wish counts once.
const like = (tx: TxCtx, id: string) =>
  sql<Outcome>`
    WITH target AS (${visiblePost(tx, id)}), changed AS (
      INSERT INTO post_like (post_id, person_id, liked_at) SELECT id, ${tx.actor.id}::uuid, ${tx.now()}::timestamptz FROM target
      ON CONFLICT DO NOTHING RETURNING post_id
    ), counted AS (INSERT INTO post_count_delta (post_id, likes) SELECT post_id, 1 FROM changed)
    SELECT EXISTS (SELECT 1 FROM target) AS is_there, EXISTS (SELECT 1 FROM changed) AS is_changed`.execute(tx.sql);

const unlike = (tx: TxCtx, id: string) =>
  sql<Outcome>`
    WITH target AS (${visiblePost(tx, id)}), changed AS (
      DELETE FROM post_like WHERE post_id IN (SELECT id FROM target) AND person_id = ${tx.actor.id}::uuid RETURNING post_id
    ), counted AS (INSERT INTO post_count_delta (post_id, likes) SELECT post_id, -1 FROM changed)
    SELECT EXISTS (SELECT 1 FROM target) AS is_there, EXISTS (SELECT 1 FROM changed) AS is_changed`.execute(tx.sql);

const countLikes = async (tx: TxCtx, id: string): Promise<number> => {
  const { rows } = await sql<{ likes: number }>`
    SELECT p.like_count + COALESCE((SELECT sum(d.likes)::int FROM post_count_delta d WHERE d.post_id = p.id), 0) AS likes
    FROM post p WHERE p.id = ${id}::uuid`.execute(tx.sql);
  return rows[0]?.likes ?? 0;
};

/** Likes a post, or takes the like back; asking twice changes nothing. */
export const setPostLike = (ctx: Ctx, { id, isLiked }: z.output<typeof setPostLikeInput>): Promise<PostLikeView> =>
  ctx.tx(async (tx) => {
    const { rows } = await (isLiked ? like(tx, id) : unlike(tx, id));
    const outcome = rows[0];
    if (!outcome?.is_there) throw boardErrors.postNotFound();
    if (outcome.is_changed && isLiked) tx.emit(postLiked, { postId: id, personId: tx.actor.id });
    return { isLiked, likeCount: await countLikes(tx, id) };
  });
