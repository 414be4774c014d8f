import { boardErrors } from "./contract";

/** Where a page of posts begins: right behind this post, in the order pinned, newest. */
export type PostPlace = { readonly isPinned: boolean; readonly at: Date; readonly id: string };
/** Where a page of comments begins: right behind this comment, in the order of threads. */
export type CommentPlace = { readonly threadId: string; readonly isReply: boolean; readonly id: string };

const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const FIRST_ID = "00000000-0000-0000-0000-000000000000";
/** Before every post. */
export const FIRST_POST_PLACE: PostPlace = { isPinned: true, at: new Date("9999-12-31T00:00:00Z"), id: LAST_ID };
/** Before every comment. */
export const FIRST_COMMENT_PLACE: CommentPlace = { threadId: FIRST_ID, isReply: false, id: FIRST_ID };

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const POST_CURSOR = new RegExp(`^([01])\\.([0-9]{1,15})\\.(${UUID})$`);
const COMMENT_CURSOR = new RegExp(`^(${UUID})\\.([01])\\.(${UUID})$`);

const encode = (...parts: (string | number)[]): string => Buffer.from(parts.join(".")).toString("base64url");
const match = (cursor: string, shape: RegExp): RegExpExecArray => {
  const found = shape.exec(Buffer.from(cursor, "base64url").toString("latin1"));
  if (!found) throw boardErrors.cursorInvalid();
  return found;
};

/** A cursor is opaque to whoever carries it, and checked when it comes back: what we did not make is refused. */
export const postCursor = ({ isPinned, at, id }: PostPlace): string => encode(isPinned ? 1 : 0, at.getTime(), id);
export const parsePostCursor = (cursor: string): PostPlace => {
  const [, pinned, time, id = ""] = match(cursor, POST_CURSOR);
  const at = new Date(Number(time));
  if (at > FIRST_POST_PLACE.at) throw boardErrors.cursorInvalid();
  return { isPinned: pinned === "1", at, id };
};

export const commentCursor = ({ threadId, isReply, id }: CommentPlace): string => encode(threadId, isReply ? 1 : 0, id);
export const parseCommentCursor = (cursor: string): CommentPlace => {
  const [, threadId = "", reply, id = ""] = match(cursor, COMMENT_CURSOR);
  return { threadId, isReply: reply === "1", id };
};

/** How long a deleted post can be restored. */
export const TRASH_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** A draft that nobody touched for so long is given up, with the files that only it names. */
export const DRAFT_KEPT_MS = 90 * 24 * 60 * 60 * 1000;
/** A person who comes back within this time is still the same visit: it does not count as another view. */
export const VISIT_MS = 60 * 60 * 1000;
