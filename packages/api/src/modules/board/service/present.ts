import type { Actor } from "@maru/db/context";
import type { RichText } from "@maru/platform/rich-text";
import { type PersonRow, personViewOfRow } from "../../directory/service";
import type { BoardView, CommentView, PostSummaryView } from "../contract";
import { type BoardFacts, can } from "../policy";

type BoardRow = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly name_en: string;
  readonly description: string;
  readonly description_en: string;
  readonly is_notice: boolean;
  readonly department_id: string | null;
  readonly posting_by: BoardFacts["postingBy"];
};

export const factsOf = (row: Pick<BoardRow, "department_id" | "posting_by">): BoardFacts => ({
  departmentId: row.department_id,
  postingBy: row.posting_by,
});

export const toBoardView = (actor: Actor, row: BoardRow): BoardView => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  nameEn: row.name_en,
  description: row.description,
  descriptionEn: row.description_en,
  isNotice: row.is_notice,
  can: { post: can.publish(actor, factsOf(row)), moderate: can.moderate(actor, factsOf(row)) },
});

type SummaryRow = PersonRow & {
  readonly id: string;
  readonly board_id: string;
  readonly title: string;
  readonly is_pinned: boolean;
  readonly is_read: boolean;
  readonly attachment_count: number;
  readonly comment_count: number;
  readonly like_count: number;
  readonly view_count: number;
  readonly published_at: string;
  readonly edited_at: string | null;
};

/** Runs once per row of the hottest list: property access and nothing else. */
export const toPostSummary = (row: SummaryRow): PostSummaryView => ({
  id: row.id,
  boardId: row.board_id,
  title: row.title,
  author: personViewOfRow(row),
  isPinned: row.is_pinned,
  isRead: row.is_read,
  attachmentCount: row.attachment_count,
  commentCount: row.comment_count,
  likeCount: row.like_count,
  viewCount: row.view_count,
  publishedAt: row.published_at,
  editedAt: row.edited_at,
});

type CommentRow = PersonRow & {
  readonly id: string;
  readonly parent_id: string | null;
  readonly author_id: string;
  readonly body: unknown;
  readonly version: number;
  readonly created_at: Date;
  readonly edited_at: Date | null;
  readonly deleted_at: Date | null;
};

const EMPTY: RichText = { type: "doc", content: [] };

/** A deleted comment keeps its place and loses its words. */
export const toCommentView = (actor: Actor, board: BoardFacts, row: CommentRow): CommentView => {
  const facts = { authorId: row.author_id, isDeleted: row.deleted_at !== null };
  return {
    id: row.id,
    parentId: row.parent_id,
    author: personViewOfRow(row),
    body: facts.isDeleted ? EMPTY : (row.body as RichText),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    editedAt: row.edited_at === null ? null : row.edited_at.toISOString(),
    isDeleted: facts.isDeleted,
    can: { edit: can.editComment(actor, facts), delete: can.deleteComment(actor, board, facts) },
  };
};
