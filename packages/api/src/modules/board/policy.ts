import type { Actor } from "@maru/db/context";

/** What decides about a board: who it belongs to, and who may write on it. */
export type BoardFacts = { readonly departmentId: string | null; readonly postingBy: "EVERYONE" | "MODERATORS" };
export type PostFacts = { readonly authorId: string; readonly deletedById?: string | null };
export type CommentFacts = { readonly authorId: string; readonly isDeleted: boolean };

/** Who keeps order on every board, or, as administrator of its department, on this one. */
const moderate = (actor: Actor, board: BoardFacts): boolean =>
  actor.permissions.has("board.moderate") || (board.departmentId !== null && actor.managedDepartmentIds.includes(board.departmentId));

/** The twin of `isVisible` in queries.ts: a property test holds the two together. */
const readBoard = (actor: Actor, board: BoardFacts): boolean =>
  board.departmentId === null || actor.departmentIds.includes(board.departmentId) || moderate(actor, board);

const publish = (actor: Actor, board: BoardFacts): boolean =>
  actor.permissions.has("board.post") && readBoard(actor, board) && (board.postingBy === "EVERYONE" || moderate(actor, board));

const ownPost = (actor: Actor, post: PostFacts): boolean => post.authorId === actor.id && actor.permissions.has("board.post");

/** What an actor may do with a record of this module, given that the actor may read it. */
export const can = {
  readBoard,
  moderate,
  publish,
  editPost: (actor: Actor, board: BoardFacts, post: PostFacts): boolean => ownPost(actor, post) || moderate(actor, board),
  deletePost: (actor: Actor, board: BoardFacts, post: PostFacts): boolean => ownPost(actor, post) || moderate(actor, board),
  /** What a moderator took away, its author can't put back. */
  restorePost: (actor: Actor, board: BoardFacts, post: PostFacts): boolean =>
    (ownPost(actor, post) && post.deletedById === actor.id) || moderate(actor, board),
  comment: (actor: Actor): boolean => actor.permissions.has("board.comment"),
  /** Nobody changes the words of somebody else. */
  editComment: (actor: Actor, comment: CommentFacts): boolean =>
    !comment.isDeleted && comment.authorId === actor.id && actor.permissions.has("board.comment"),
  deleteComment: (actor: Actor, board: BoardFacts, comment: CommentFacts): boolean =>
    !comment.isDeleted && ((comment.authorId === actor.id && actor.permissions.has("board.comment")) || moderate(actor, board)),
};
