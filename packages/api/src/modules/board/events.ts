import { defineEvent } from "@maru/platform/events";
import { z } from "zod";

const ids = z.array(z.uuid());

export const postPublished = defineEvent("board.post-published", z.object({ postId: z.uuid(), boardId: z.uuid(), mentionedIds: ids }));
export const postEdited = defineEvent("board.post-edited", z.object({ postId: z.uuid(), newlyMentionedIds: ids }));
export const postDeleted = defineEvent("board.post-deleted", z.object({ postId: z.uuid() }));
export const commentAdded = defineEvent(
  "board.comment-added",
  z.object({ postId: z.uuid(), commentId: z.uuid(), parentId: z.uuid().nullable(), mentionedIds: ids }),
);
export const postLiked = defineEvent("board.post-liked", z.object({ postId: z.uuid(), personId: z.uuid() }));
