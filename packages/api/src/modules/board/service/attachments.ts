import { imageFileIds, type RichText } from "@maru/platform/rich-text";
import type { Ctx, TxCtx } from "../../../tools";
import type { FileView } from "../../files/contract";
import { attachFiles, detachFiles, listFilesOf } from "../../files/service";
import { boardErrors, MAX_ATTACHMENTS } from "../contract";

const SUBJECT = "board.post";

/** The files of a text: the pictures that stand in it, and the attachments below it. */
export const filesOfText = (text: { readonly body: RichText; readonly attachmentIds: readonly string[] }) => {
  const inline = new Set(imageFileIds(text.body));
  const attachments = [...new Set(text.attachmentIds)].filter((id) => !inline.has(id));
  const all = [...inline, ...attachments];
  if (all.length > MAX_ATTACHMENTS) throw boardErrors.tooManyAttachments({ limit: MAX_ATTACHMENTS });
  return { all, attachments };
};

/** Gives a new post its files; most posts have none and cost nothing here. */
export const attachAll = async (tx: TxCtx, postId: string, fileIds: readonly string[]): Promise<void> => {
  if (fileIds.length > 0) await attachFiles(tx, { subjectType: SUBJECT, subjectId: postId, fileIds });
};

/** Leaves a post with exactly these files, given those that it had. */
export const replaceFiles = async (tx: TxCtx, postId: string, before: readonly string[], fileIds: readonly string[]): Promise<void> => {
  const known = new Set(before);
  const wanted = new Set(fileIds);
  const added = fileIds.filter((id) => !known.has(id));
  const removed = before.filter((id) => !wanted.has(id));
  await attachAll(tx, postId, added);
  if (removed.length > 0) await detachFiles(tx, { subjectType: SUBJECT, subjectId: postId, fileIds: removed });
};

/** Takes every file off a post that is deleted for good. */
export const detachAll = (tx: TxCtx, postId: string): Promise<void> => detachFiles(tx, { subjectType: SUBJECT, subjectId: postId });

/** The files of a post that the actor may read. */
export const listPostFiles = async (ctx: Pick<Ctx, "pool">, postId: string): Promise<FileView[]> =>
  (await listFilesOf(ctx, SUBJECT, [postId])).get(postId) ?? [];
