import { defineErrors } from "@maru/platform/errors";
import { imageFileIds, isStorable, richText } from "@maru/platform/rich-text";
import { z } from "zod";
import { personView } from "../directory/contract";
import { fileView } from "../files/contract";

export const boardPermissions = ["board.read", "board.post", "board.comment", "board.moderate"] as const;

export const boardErrors = defineErrors("board", {
  boardNotFound: "not_found",
  postNotFound: "not_found",
  commentNotFound: "not_found",
  /** Somebody else saved a newer version; details carry it whole as `current`, so that nobody's text is lost. */
  postChanged: "conflict",
  commentChanged: "conflict",
  postingNotAllowed: "forbidden",
  notYours: "forbidden",
  /** Attachments and the pictures of the body together. */
  tooManyAttachments: "invalid",
  cursorInvalid: "invalid",
});

export const MAX_ATTACHMENTS = 50;
const page = { cursor: z.string().min(1).max(200).optional(), limit: z.int().min(1).max(100).default(20) };
const title = z.string().trim().min(1).max(200).refine(isStorable);
/** Stands in an integer column. */
const version = z.int32().min(1);
/** Attachments besides the pictures of the body: those belong to the post by standing in it. */
const attachmentIds = z.array(z.uuid()).max(MAX_ATTACHMENTS).default([]);
/** A comment holds text, lists and mentions; a picture belongs in a post. */
const commentBody = richText.refine((body) => imageFileIds(body).length === 0, { message: "no pictures in comments" });

export const boardView = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  nameEn: z.string(),
  description: z.string(),
  descriptionEn: z.string(),
  isNotice: z.boolean(),
  can: z.object({ post: z.boolean(), moderate: z.boolean() }),
});
export type BoardView = z.infer<typeof boardView>;

export const postSummaryView = z.object({
  id: z.string(),
  boardId: z.string(),
  title: z.string(),
  author: personView,
  isPinned: z.boolean(),
  isRead: z.boolean(),
  attachmentCount: z.number(),
  commentCount: z.number(),
  likeCount: z.number(),
  viewCount: z.number(),
  publishedAt: z.string(),
  editedAt: z.string().nullable(),
});
export type PostSummaryView = z.infer<typeof postSummaryView>;
export const postPageView = z.object({ items: z.array(postSummaryView), nextCursor: z.string().nullable() });
export type PostPageView = z.infer<typeof postPageView>;

/** A post on the home page, beside the board that it stands on. */
export const recentPostView = postSummaryView.extend({ boardSlug: z.string(), boardName: z.string(), boardNameEn: z.string() });
export type RecentPostView = z.infer<typeof recentPostView>;

/** The answer of publishing and editing: the version is what the next edit starts from. */
export const savedPostView = z.object({ id: z.string(), version: z.number() });
export type SavedPostView = z.infer<typeof savedPostView>;

export const postView = postSummaryView.extend({
  boardSlug: z.string(),
  boardName: z.string(),
  boardNameEn: z.string(),
  body: richText,
  version: z.number(),
  isLiked: z.boolean(),
  /** Every file of the post; `isInline` when its picture stands in the body. */
  files: z.array(fileView.extend({ isInline: z.boolean() })),
  can: z.object({ edit: z.boolean(), delete: z.boolean(), comment: z.boolean() }),
});
export type PostView = z.infer<typeof postView>;

/** What `board.postChanged` carries: the text that stands now, so that both can be shown. */
export const postChangedDetails = z.object({
  current: z.object({
    title: z.string(),
    body: richText,
    version: z.number(),
    editedAt: z.string().nullable(),
    editor: personView.nullable(),
  }),
});
export type PostChangedDetails = z.infer<typeof postChangedDetails>;
/** What `board.commentChanged` carries. */
export const commentChangedDetails = z.object({
  current: z.object({ body: richText, version: z.number(), editedAt: z.string().nullable() }),
});
export type CommentChangedDetails = z.infer<typeof commentChangedDetails>;

export const commentView = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  author: personView,
  body: richText,
  version: z.number(),
  createdAt: z.string(),
  editedAt: z.string().nullable(),
  /** A deleted comment that has replies stays as an empty place. */
  isDeleted: z.boolean(),
  can: z.object({ edit: z.boolean(), delete: z.boolean() }),
});
export type CommentView = z.infer<typeof commentView>;
export const commentPageView = z.object({ items: z.array(commentView), nextCursor: z.string().nullable() });
export type CommentPageView = z.infer<typeof commentPageView>;

export const trashedPostView = z.object({
  id: z.string(),
  boardId: z.string(),
  title: z.string(),
  deletedAt: z.string(),
  deletedBy: personView.nullable(),
  can: z.object({ restore: z.boolean() }),
});
export type TrashedPostView = z.infer<typeof trashedPostView>;

export const savedDraftView = z.object({ savedAt: z.string() });
export type SavedDraftView = z.infer<typeof savedDraftView>;

export const draftView = z.object({
  boardId: z.string(),
  postId: z.string().nullable(),
  baseVersion: z.number().nullable(),
  title: z.string(),
  body: richText,
  attachmentIds: z.array(z.string()),
  /** The files of the pictures in the draft and of its attachments. */
  files: z.array(fileView),
  savedAt: z.string(),
});
export type DraftView = z.infer<typeof draftView>;

export const getBoardInput = z.strictObject({ slug: z.string().min(1).max(60).refine(isStorable) });
/** Newest first; pinned posts stand on the first page only, above the rest. */
export const listPostsInput = z.strictObject({ boardId: z.uuid(), ...page });
/** Newest posts of every board that the reader may see, or of the notice boards alone. */
export const listRecentPostsInput = z.strictObject({ noticesOnly: z.boolean().default(false), limit: z.int().min(1).max(20).default(8) });
export const getPostInput = z.strictObject({ id: z.uuid() });
export const publishPostInput = z.strictObject({ boardId: z.uuid(), title, body: richText, attachmentIds });
export const editPostInput = z.strictObject({ id: z.uuid(), version, title, body: richText, attachmentIds });
export const deletePostInput = z.strictObject({ id: z.uuid() });
export const restorePostInput = z.strictObject({ id: z.uuid() });
/** One's own deleted posts of a board; a moderator sees all. Kept for 30 days. */
export const listTrashInput = z.strictObject({ boardId: z.uuid() });
/** Thread by thread, oldest first: a comment, then its replies. */
export const listCommentsInput = z.strictObject({ postId: z.uuid(), ...page });
export const addCommentInput = z.strictObject({ postId: z.uuid(), parentId: z.uuid().optional(), body: commentBody });
export const editCommentInput = z.strictObject({ id: z.uuid(), version, body: commentBody });
export const deleteCommentInput = z.strictObject({ id: z.uuid() });
export const setPostLikeInput = z.strictObject({ id: z.uuid(), isLiked: z.boolean().default(true) });
export const postLikeView = z.object({ isLiked: z.boolean(), likeCount: z.number() });
export type PostLikeView = z.infer<typeof postLikeView>;
export const markPostReadInput = z.strictObject({ id: z.uuid() });
export const saveDraftInput = z.strictObject({
  boardId: z.uuid(),
  postId: z.uuid().optional(),
  baseVersion: version.optional(),
  title: z.string().max(200).refine(isStorable),
  body: richText,
  attachmentIds,
});
export const draftPlaceInput = z.strictObject({ boardId: z.uuid(), postId: z.uuid().optional() });
/** The answer of a command that has nothing to say. */
export const doneView = z.object({ done: z.literal(true) });
