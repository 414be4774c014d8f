import { newId } from "@maru/platform/crypto/id";
import { imageFileIds, type RichText } from "@maru/platform/rich-text";
import { sql } from "kysely";
import type { z } from "zod";
import type { Ctx, TxCtx } from "../../../tools";
import { keepFiles, listReadableFiles } from "../../files/service";
import { boardErrors, type DraftView, type draftPlaceInput, type SavedDraftView, type saveDraftInput } from "../contract";
import { DRAFT_KEPT_MS } from "../domain";
import { getBoardRow } from "./boards";
import { getWritablePost } from "./writable-post";

type Place = z.output<typeof draftPlaceInput>;

// A draft is kept for a place that its writer may know of: a board, or a post on that board.
const checkPlace = async (tx: Pick<TxCtx, "sql" | "actor">, { boardId, postId }: Place): Promise<void> => {
  if (postId === undefined) await getBoardRow(tx, boardId);
  else if ((await getWritablePost(tx, postId)).board_id !== boardId) throw boardErrors.postNotFound();
};

/** Keeps what is being written: one draft for each person and place, the last one saved. */
export const saveDraft = (ctx: Ctx, input: z.output<typeof saveDraftInput>): Promise<SavedDraftView> =>
  ctx.tx(async (tx) => {
    await checkPlace(tx, input);
    const savedAt = tx.now();
    await sql`
      INSERT INTO post_draft (id, person_id, board_id, post_id, base_version, title, body, attachment_ids, saved_at)
      VALUES (${newId()}::uuid, ${tx.actor.id}::uuid, ${input.boardId}::uuid, ${input.postId ?? null}::uuid, ${input.baseVersion ?? null}::int,
        ${input.title}, ${JSON.stringify(input.body)}::jsonb, ${input.attachmentIds}::uuid[], ${savedAt}::timestamptz)
      ON CONFLICT (person_id, board_id, post_id) DO UPDATE SET base_version = excluded.base_version, title = excluded.title,
        body = excluded.body, attachment_ids = excluded.attachment_ids, saved_at = excluded.saved_at
      RETURNING 1`.execute(tx.sql);
    const fileIds = [...imageFileIds(input.body), ...input.attachmentIds];
    if (fileIds.length > 0) await keepFiles(tx, { fileIds, until: new Date(savedAt.getTime() + DRAFT_KEPT_MS) });
    return { savedAt: savedAt.toISOString() };
  });

/** What the actor was writing at a place, or null. */
export const findDraft = async (ctx: Ctx, place: Place): Promise<DraftView | null> => {
  await checkPlace(ctx, place);
  const { boardId, postId } = place;
  const draft = await ctx.db.postDraft.findFirst({ where: { personId: ctx.actor.id, boardId, postId: postId ?? null } });
  if (!draft) return null;
  const body = draft.body as RichText;
  return {
    boardId,
    postId: draft.postId,
    baseVersion: draft.baseVersion,
    title: draft.title,
    body,
    attachmentIds: draft.attachmentIds,
    files: await listReadableFiles(ctx, [...new Set([...imageFileIds(body), ...draft.attachmentIds])]),
    savedAt: draft.savedAt.toISOString(),
  };
};

/** Throws the draft of a place away; the files that only it named are removed within a day. */
export const discardDraft = (ctx: Ctx, { boardId, postId }: Place): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const place = { personId: tx.actor.id, boardId, postId: postId ?? null };
    const draft = await tx.db.postDraft.findFirst({ where: place });
    if (!draft) return { done: true };
    const fileIds = [...imageFileIds(draft.body as RichText), ...draft.attachmentIds];
    if (fileIds.length > 0) await keepFiles(tx, { fileIds, until: tx.now() });
    await tx.db.postDraft.deleteMany({ where: place });
    return { done: true };
  });

/** Removes drafts that nobody has touched for as long as their files are kept. */
export const removeOldDrafts = (ctx: Ctx): Promise<void> =>
  ctx.tx(async (tx) => {
    await tx.db.postDraft.deleteMany({ where: { savedAt: { lt: new Date(tx.now().getTime() - DRAFT_KEPT_MS) } } });
  });
