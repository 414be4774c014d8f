import { imageFileIds, type RichText } from "@maru/platform/rich-text";
import { sql } from "kysely";
import type { z } from "zod";
import type { Ctx } from "../../../tools";
import {
  boardErrors,
  type getPostInput,
  type listPostsInput,
  type listRecentPostsInput,
  type markPostReadInput,
  type PostPageView,
  type PostView,
  type RecentPostView,
} from "../contract";
import { FIRST_POST_PLACE, parsePostCursor, postCursor, VISIT_MS } from "../domain";
import { can } from "../policy";
import { isVisible, pageOfPosts, postById, readerOf, recentPosts } from "../queries";
import { listPostFiles } from "./attachments";
import { getBoardRow } from "./boards";
import { factsOf, toPostSummary } from "./present";

/** A page of a board: pinned posts first, then the newest. */
export const listPosts = async (ctx: Ctx, { boardId, cursor, limit }: z.output<typeof listPostsInput>): Promise<PostPageView> => {
  const place = cursor === undefined ? FIRST_POST_PLACE : parsePostCursor(cursor);
  const rows = await pageOfPosts(limit)(ctx.pool, { ...readerOf(ctx.actor), ...place, boardId, actorId: ctx.actor.id });
  // An empty page is the only case in which a board that is not there, or not for this reader, looks like one that is.
  if (rows.length === 0) await getBoardRow(ctx, boardId);
  const shown = rows.length > limit ? rows.slice(0, limit) : rows;
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(toPostSummary),
    nextCursor: last ? postCursor({ isPinned: last.is_pinned, at: new Date(last.published_at), id: last.id }) : null,
  };
};

/** The newest posts of all boards that the actor may read, for the home page. */
export const listRecentPosts = async (ctx: Ctx, input: z.output<typeof listRecentPostsInput>): Promise<RecentPostView[]> => {
  const rows = await recentPosts(ctx.pool, { ...readerOf(ctx.actor), ...input, actorId: ctx.actor.id });
  return rows.map((row) => ({
    ...toPostSummary(row),
    boardSlug: row.board_slug,
    boardName: row.board_name,
    boardNameEn: row.board_name_en,
  }));
};

/** A post with its text and files. Reading it is a command of its own: `markPostRead`. */
export const getPost = async (ctx: Ctx, { id }: z.output<typeof getPostInput>): Promise<PostView> => {
  const [[row], files] = await Promise.all([
    postById(ctx.pool, { ...readerOf(ctx.actor), postId: id, actorId: ctx.actor.id }),
    listPostFiles(ctx, id),
  ]);
  if (!row) throw boardErrors.postNotFound();
  const body = row.body as RichText;
  const inline = new Set(imageFileIds(body));
  const facts = { authorId: row.author_id };
  return {
    ...toPostSummary(row),
    boardSlug: row.board_slug,
    boardName: row.board_name,
    boardNameEn: row.board_name_en,
    body,
    version: row.version,
    isLiked: row.is_liked,
    files: files.map((file) => ({ ...file, isInline: inline.has(file.id) })),
    can: {
      edit: can.editPost(ctx.actor, factsOf(row), facts),
      delete: can.deletePost(ctx.actor, factsOf(row), facts),
      comment: can.comment(ctx.actor),
    },
  };
};

/** Remembers that the actor has read a post. A visit counts as a view once: the first time, and again after an hour. */
export const markPostRead = (ctx: Ctx, { id }: z.output<typeof markPostReadInput>): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const now = tx.now();
    const { rows } = await sql<{ is_there: boolean }>`
      WITH target AS (
        SELECT p.id FROM post p JOIN board b ON b.id = p.board_id
        WHERE p.id = ${id}::uuid AND p.deleted_at IS NULL AND ${isVisible("b", readerOf(tx.actor))}
      ), visit AS (
        INSERT INTO post_read (person_id, post_id, first_read_at, read_at)
        SELECT ${tx.actor.id}::uuid, id, ${now}::timestamptz, ${now}::timestamptz FROM target
        ON CONFLICT (person_id, post_id) DO UPDATE SET read_at = excluded.read_at
          WHERE post_read.read_at <= ${new Date(now.getTime() - VISIT_MS)}::timestamptz
        RETURNING post_id
      ), view AS (INSERT INTO post_count_delta (post_id, views) SELECT post_id, 1 FROM visit)
      SELECT EXISTS (SELECT 1 FROM target) AS is_there`.execute(tx.sql);
    if (!rows[0]?.is_there) throw boardErrors.postNotFound();
    return { done: true };
  });
