import { newId } from "@maru/platform/crypto/id";
import type { AppError } from "@maru/platform/errors";
import { mentionedPersonIds, plainText, type RichText } from "@maru/platform/rich-text";
import { sql } from "kysely";
import type { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import { listPersonViews, listPresentIds } from "../../directory/service";
import { boardErrors, type editPostInput, type PostChangedDetails, type publishPostInput, type SavedPostView } from "../contract";
import { postEdited, postPublished } from "../events";
import { can } from "../policy";
import { isOpenForPosting, isVisible, readerOf } from "../queries";
import { attachAll, filesOfText, listPostFiles, replaceFiles } from "./attachments";
import { getBoardRow } from "./boards";
import { getWritablePost, type WritablePost } from "./writable-post";

type NewPost = z.output<typeof publishPostInput> & { readonly id: string; readonly attachmentCount: number };

// Decides, writes the post and drops its draft in one round trip; undefined when the actor may not post there.
const insertPost = async (tx: TxCtx, post: NewPost): Promise<{ department_id: string | null } | undefined> => {
  const { rows } = await sql<{ department_id: string | null }>`
    WITH target AS (
      SELECT b.id, b.department_id FROM board b
      WHERE b.id = ${post.boardId}::uuid AND ${isVisible("b", readerOf(tx.actor))} AND ${isOpenForPosting("b", tx.actor)}
    ), draft AS (
      DELETE FROM post_draft WHERE person_id = ${tx.actor.id}::uuid AND board_id IN (SELECT id FROM target) AND post_id IS NULL
    ), written AS (
      INSERT INTO post (id, board_id, author_id, title, body, body_text, attachment_count, published_at)
      SELECT ${post.id}::uuid, id, ${tx.actor.id}::uuid, ${post.title}, ${JSON.stringify(post.body)}::jsonb, ${plainText(post.body)},
        ${post.attachmentCount}::int, ${tx.now()}::timestamptz FROM target
    ) SELECT department_id FROM target`.execute(tx.sql);
  return rows[0];
};

// A board that may not be known of is not there; on one that is, this actor does not write.
const whyNotPosted = async (tx: TxCtx, boardId: string): Promise<AppError> => {
  await getBoardRow(tx, boardId);
  return boardErrors.postingNotAllowed();
};

/** Publishes a post. Whoever is mentioned hears of it because the event commits with the row. */
export const publishPost = (ctx: Ctx, input: z.output<typeof publishPostInput>): Promise<SavedPostView> =>
  ctx.tx(async (tx) => {
    const { all, attachments } = filesOfText(input);
    const id = newId();
    const board = await insertPost(tx, { ...input, id, attachmentCount: attachments.length });
    if (!board) throw await whyNotPosted(tx, input.boardId);
    await attachAll(tx, id, all);
    const mentionedIds = await listPresentIds(tx, mentionedPersonIds(input.body), board.department_id);
    tx.emit(postPublished, { postId: id, boardId: input.boardId, mentionedIds });
    tx.record({ action: "board.post.publish", subjectType: "board.post", subjectId: id, details: { boardId: input.boardId } });
    return { id, version: 1 };
  });

/** The refusal of whoever edited an older version: it carries the text that stands now, so that nobody's words are lost. */
const postChanged = async (tx: TxCtx, post: WritablePost): Promise<AppError> => {
  const editorId = post.edited_by_id ?? post.author_id;
  const editors = await listPersonViews(tx, [editorId]);
  const details: PostChangedDetails = {
    current: {
      title: post.title,
      body: post.body as RichText,
      version: post.version,
      editedAt: post.edited_at?.toISOString() ?? null,
      editor: editors.get(editorId) ?? null,
    },
  };
  return boardErrors.postChanged(details);
};

const updatePost = async (tx: TxCtx, input: z.output<typeof editPostInput>, attachmentCount: number): Promise<boolean> => {
  const { rows } = await sql`
    WITH draft AS (DELETE FROM post_draft WHERE person_id = ${tx.actor.id}::uuid AND post_id = ${input.id}::uuid)
    UPDATE post SET title = ${input.title}, body = ${JSON.stringify(input.body)}::jsonb, body_text = ${plainText(input.body)},
      attachment_count = ${attachmentCount}::int, version = version + 1, edited_at = ${tx.now()}::timestamptz, edited_by_id = ${tx.actor.id}::uuid
    WHERE id = ${input.id}::uuid AND version = ${input.version}::int AND deleted_at IS NULL RETURNING 1`.execute(tx.sql);
  return rows.length === 1;
};

/** Saves another text of a post, unless somebody saved one since `version` was read. */
export const editPost = async (ctx: Ctx, input: z.output<typeof editPostInput>): Promise<SavedPostView> => {
  // Read before the transaction: while the version is the one that was edited, so are the files.
  const filesBefore = (await listPostFiles(ctx, input.id)).map(({ id }) => id);
  return ctx.tx(async (tx) => {
    const post = await getWritablePost(tx, input.id);
    if (!can.editPost(tx.actor, post.board, post)) throw boardErrors.notYours();
    if (post.version !== input.version) throw await postChanged(tx, post);
    const { all, attachments } = filesOfText(input);
    // The version is asked again by the statement that writes: of two who save at once, one finds nothing to update.
    if (!(await updatePost(tx, input, attachments.length))) throw await postChanged(tx, await getWritablePost(tx, input.id));
    await replaceFiles(tx, input.id, filesBefore, all);
    const known = new Set(mentionedPersonIds(post.body as RichText));
    const newlyMentioned = mentionedPersonIds(input.body).filter((id) => !known.has(id));
    const newlyMentionedIds = await listPresentIds(tx, newlyMentioned, post.board.departmentId);
    tx.emit(postEdited, { postId: input.id, newlyMentionedIds });
    const version = input.version + 1;
    tx.record({ action: "board.post.edit", subjectType: "board.post", subjectId: input.id, details: { version } });
    return { id: input.id, version };
  });
};
