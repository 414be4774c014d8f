import { sql } from "kysely";
import type { z } from "zod";
import type { Ctx } from "../../../tools";
import { listPersonViews } from "../../directory/service";
import { boardErrors, type deletePostInput, type listTrashInput, type restorePostInput, type TrashedPostView } from "../contract";
import { TRASH_KEPT_MS } from "../domain";
import { postDeleted } from "../events";
import { can } from "../policy";
import { detachAll } from "./attachments";
import { getBoardRow } from "./boards";
import { factsOf } from "./present";
import { getTrashedPost, getWritablePost } from "./writable-post";

/** Moves a post to the trash, from which it can be restored for 30 days. */
export const deletePost = (ctx: Ctx, { id }: z.output<typeof deletePostInput>): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const post = await getWritablePost(tx, id);
    if (!can.deletePost(tx.actor, post.board, post)) throw boardErrors.notYours();
    const { count } = await tx.db.post.updateMany({
      where: { id, deletedAt: null },
      data: { deletedAt: tx.now(), deletedById: tx.actor.id },
    });
    if (count === 0) throw boardErrors.postNotFound();
    tx.emit(postDeleted, { postId: id });
    tx.record({ action: "board.post.delete", subjectType: "board.post", subjectId: id });
    return { done: true };
  });

/** Takes a post back out of the trash, to where it stood. */
export const restorePost = (ctx: Ctx, { id }: z.output<typeof restorePostInput>): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const post = await getTrashedPost(tx, id);
    // Whoever neither wrote the post nor keeps order here does not learn that it ever was.
    if (post.author_id !== tx.actor.id && !can.moderate(tx.actor, post.board)) throw boardErrors.postNotFound();
    if (!can.restorePost(tx.actor, post.board, post)) throw boardErrors.notYours();
    const { count } = await tx.db.post.updateMany({
      where: { id, deletedAt: { not: null } },
      data: { deletedAt: null, deletedById: null },
    });
    if (count === 0) throw boardErrors.postNotFound();
    tx.record({ action: "board.post.restore", subjectType: "board.post", subjectId: id });
    return { done: true };
  });

const MOST_TRASHED = 200;

/** One's own deleted posts of a board, the last deleted first; whoever moderates the board sees all of them. */
export const listTrash = async (ctx: Ctx, { boardId }: z.output<typeof listTrashInput>): Promise<TrashedPostView[]> => {
  const board = factsOf(await getBoardRow(ctx, boardId));
  const posts = await ctx.db.post.findMany({
    where: { boardId, deletedAt: { not: null }, ...(can.moderate(ctx.actor, board) ? {} : { authorId: ctx.actor.id }) },
    select: { id: true, title: true, authorId: true, deletedAt: true, deletedById: true },
    orderBy: [{ deletedAt: "desc" }, { id: "desc" }],
    take: MOST_TRASHED,
  });
  const people = await listPersonViews(
    ctx,
    posts.flatMap(({ deletedById }) => deletedById ?? []),
  );
  return posts.map((post) => ({
    id: post.id,
    boardId,
    title: post.title,
    deletedAt: (post.deletedAt ?? ctx.now()).toISOString(),
    deletedBy: (post.deletedById && people.get(post.deletedById)) || null,
    can: { restore: can.restorePost(ctx.actor, board, post) },
  }));
};

const BATCH = 100;

/** Deletes for good what has been in the trash for 30 days, a batch at a time. Returns how many posts it removed. */
export const emptyTrash = (ctx: Ctx): Promise<number> =>
  ctx.tx(async (tx) => {
    const before = new Date(tx.now().getTime() - TRASH_KEPT_MS);
    const expired = await tx.sql
      .selectFrom("post")
      .select("id")
      .where("deleted_at", "is not", null)
      .where("deleted_at", "<", sql<Date>`${before}::timestamptz`)
      .orderBy("deleted_at")
      .limit(BATCH)
      .forUpdate()
      .skipLocked()
      .execute();
    const ids = expired.map(({ id }) => id);
    for (const id of ids) await detachAll(tx, id);
    const ofThese = { postId: { in: ids } };
    await tx.db.comment.deleteMany({ where: ofThese });
    await tx.db.postLike.deleteMany({ where: ofThese });
    await tx.db.postRead.deleteMany({ where: ofThese });
    await tx.db.postDraft.deleteMany({ where: ofThese });
    await tx.db.postCountDelta.deleteMany({ where: ofThese });
    await tx.db.post.deleteMany({ where: { id: { in: ids } } });
    for (const id of ids) tx.record({ action: "board.post.remove", subjectType: "board.post", subjectId: id });
    return ids.length;
  });
