import { newId } from "@maru/platform/crypto/id";
import type { AppError } from "@maru/platform/errors";
import { mentionedPersonIds, plainText, type RichText } from "@maru/platform/rich-text";
import { sql } from "kysely";
import type { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import { listPresentIds, personColumns } from "../../directory/service";
import {
  type addCommentInput,
  boardErrors,
  type CommentChangedDetails,
  type CommentPageView,
  type CommentView,
  type deleteCommentInput,
  type editCommentInput,
  type listCommentsInput,
} from "../contract";
import { commentCursor, FIRST_COMMENT_PLACE, parseCommentCursor } from "../domain";
import { commentAdded } from "../events";
import { can } from "../policy";
import { isVisible, pageOfComments, readerOf } from "../queries";
import { factsOf, toCommentView } from "./present";
import { getWritablePost } from "./writable-post";

/** The comments of a post, thread by thread. */
export const listComments = async (ctx: Ctx, { postId, cursor, limit }: z.output<typeof listCommentsInput>): Promise<CommentPageView> => {
  const place = cursor === undefined ? FIRST_COMMENT_PLACE : parseCommentCursor(cursor);
  const post = await getWritablePost(ctx, postId);
  const rows = await pageOfComments(limit)(ctx.pool, { postId, ...place });
  const shown = rows.length > limit ? rows.slice(0, limit) : rows;
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => toCommentView(ctx.actor, post.board, row)),
    nextCursor: last ? commentCursor({ threadId: last.parent_id ?? last.id, isReply: last.parent_id !== null, id: last.id }) : null,
  };
};

// A comment that its reader may see, with what decides about it.
const getCommentRow = async (tx: Pick<TxCtx, "sql" | "actor">, id: string) => {
  const row = await tx.sql
    .selectFrom("comment as c")
    .innerJoin("post as p", "p.id", "c.post_id")
    .innerJoin("board as b", "b.id", "p.board_id")
    .innerJoin("person_card as person", "person.id", "c.author_id")
    .select(["c.id", "c.parent_id", "c.post_id", "c.author_id", "c.body", "c.version", "c.created_at", "c.edited_at", "c.deleted_at"])
    .select(["b.department_id", "b.posting_by"])
    .select(personColumns)
    .where("c.id", "=", id)
    .where("p.deleted_at", "is", null)
    .where(isVisible("b", readerOf(tx.actor)))
    .executeTakeFirst();
  if (!row) throw boardErrors.commentNotFound();
  return row;
};

type NewComment = z.output<typeof addCommentInput> & { readonly id: string };
type Written = { readonly parent_id: string | null; readonly department_id: string | null };

// A reply to a reply joins the thread: threads are two levels deep. The counter is appended to, never met by two writers.
const insertComment = async (tx: TxCtx, comment: NewComment): Promise<Written | undefined> => {
  const parentId = comment.parentId ?? null;
  const { rows } = await sql<Written>`
    WITH target AS (
      SELECT p.id, b.department_id, COALESCE(parent.parent_id, parent.id) AS parent_id
      FROM post p JOIN board b ON b.id = p.board_id
      LEFT JOIN comment parent ON parent.id = ${parentId}::uuid AND parent.post_id = p.id AND parent.deleted_at IS NULL
      WHERE p.id = ${comment.postId}::uuid AND p.deleted_at IS NULL AND ${isVisible("b", readerOf(tx.actor))}
        AND (${parentId}::uuid IS NULL OR parent.id IS NOT NULL)
    ), written AS (
      INSERT INTO comment (id, post_id, parent_id, author_id, body, body_text, created_at)
      SELECT ${comment.id}::uuid, id, parent_id, ${tx.actor.id}::uuid, ${JSON.stringify(comment.body)}::jsonb, ${plainText(comment.body)},
        ${tx.now()}::timestamptz FROM target
    ), counted AS (INSERT INTO post_count_delta (post_id, comments) SELECT id, 1 FROM target)
    SELECT parent_id, department_id FROM target`.execute(tx.sql);
  return rows[0];
};

const whyNotCommented = async (tx: TxCtx, postId: string): Promise<AppError> => {
  await getWritablePost(tx, postId);
  return boardErrors.commentNotFound();
};

/** Comments on a post, or replies to a comment. */
export const addComment = (ctx: Ctx, input: z.output<typeof addCommentInput>): Promise<CommentView> =>
  ctx.tx(async (tx) => {
    const id = newId();
    const written = await insertComment(tx, { ...input, id });
    if (!written) throw await whyNotCommented(tx, input.postId);
    const mentionedIds = await listPresentIds(tx, mentionedPersonIds(input.body), written.department_id);
    tx.emit(commentAdded, { postId: input.postId, commentId: id, parentId: written.parent_id, mentionedIds });
    tx.record({ action: "board.comment.add", subjectType: "board.comment", subjectId: id, details: { postId: input.postId } });
    const row = await getCommentRow(tx, id);
    return toCommentView(tx.actor, factsOf(row), row);
  });

const commentChanged = (row: Awaited<ReturnType<typeof getCommentRow>>): AppError => {
  const details: CommentChangedDetails = {
    current: { body: row.body as RichText, version: row.version, editedAt: row.edited_at?.toISOString() ?? null },
  };
  return boardErrors.commentChanged(details);
};

/** Saves another text of one's own comment, unless it was saved elsewhere since `version` was read. */
export const editComment = (ctx: Ctx, input: z.output<typeof editCommentInput>): Promise<CommentView> =>
  ctx.tx(async (tx) => {
    const comment = await getCommentRow(tx, input.id);
    if (comment.deleted_at !== null) throw boardErrors.commentNotFound();
    if (!can.editComment(tx.actor, { authorId: comment.author_id, isDeleted: false })) throw boardErrors.notYours();
    const { rows } = await sql`
      UPDATE comment SET body = ${JSON.stringify(input.body)}::jsonb, body_text = ${plainText(input.body)}, version = version + 1,
        edited_at = ${tx.now()}::timestamptz
      WHERE id = ${input.id}::uuid AND version = ${input.version}::int AND deleted_at IS NULL RETURNING 1`.execute(tx.sql);
    const row = await getCommentRow(tx, input.id);
    if (rows.length === 0) throw commentChanged(row);
    tx.record({ action: "board.comment.edit", subjectType: "board.comment", subjectId: input.id, details: { version: row.version } });
    return toCommentView(tx.actor, factsOf(row), row);
  });

/** Takes a comment away. Its replies stay, below an empty place. */
export const deleteComment = (ctx: Ctx, { id }: z.output<typeof deleteCommentInput>): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const comment = await getCommentRow(tx, id);
    if (comment.deleted_at !== null) throw boardErrors.commentNotFound();
    if (!can.deleteComment(tx.actor, factsOf(comment), { authorId: comment.author_id, isDeleted: false })) throw boardErrors.notYours();
    const { rows } = await sql`
      WITH gone AS (
        UPDATE comment SET deleted_at = ${tx.now()}::timestamptz WHERE id = ${id}::uuid AND deleted_at IS NULL RETURNING post_id
      ) INSERT INTO post_count_delta (post_id, comments) SELECT post_id, -1 FROM gone RETURNING 1`.execute(tx.sql);
    if (rows.length === 0) throw boardErrors.commentNotFound();
    tx.record({ action: "board.comment.delete", subjectType: "board.comment", subjectId: id, details: { postId: comment.post_id } });
    return { done: true };
  });
