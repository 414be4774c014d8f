import { z } from "zod";
import { notificationErrors, type Topic } from "./contract";

/** Says that a person's inbox has changed; the message is the person's id. */
export const INBOX_HINT = "inbox";

/** Somebody who shall be told, and of what. */
export type Recipient = { readonly personId: string; readonly topic: Topic };

/** At most this many people hear of one event: a document of ten thousand mentions is not a reason to write ten thousand rows. */
export const MAX_RECIPIENTS = 200;

// One event tells a person one thing, and never the one who caused it: the first in the list is what concerns her most.
const onePerPerson = (actorId: string | null, wanted: readonly Recipient[]): Recipient[] => {
  const chosen = new Map<string, Recipient>();
  for (const recipient of wanted) {
    if (recipient.personId !== actorId && !chosen.has(recipient.personId)) chosen.set(recipient.personId, recipient);
  }
  return [...chosen.values()].slice(0, MAX_RECIPIENTS);
};

const mentioned = (ids: readonly string[]): Recipient[] => ids.map((personId) => ({ personId, topic: "board.mentioned" }));

export const recipientsOfPost = (post: { readonly actorId: string | null; readonly mentionedIds: readonly string[] }): Recipient[] =>
  onePerPerson(post.actorId, mentioned(post.mentionedIds));

type CommentFacts = {
  readonly actorId: string | null;
  readonly postAuthorId: string;
  readonly parentAuthorId: string | null;
  readonly mentionedIds: readonly string[];
};

/** A mention says more than an answer, and an answer more than a comment somewhere below one's post. */
export const recipientsOfComment = ({ actorId, postAuthorId, parentAuthorId, mentionedIds }: CommentFacts): Recipient[] => {
  const replied: Recipient[] = parentAuthorId ? [{ personId: parentAuthorId, topic: "board.replied" }] : [];
  const authors: Recipient[] = [...replied, { personId: postAuthorId, topic: "board.commented" }];
  // The authors stand first, so that a flood of mentions can't push them out; a mention of an author is moved in their place.
  const isMentioned = new Set(mentionedIds);
  const first = authors.map((author) => (isMentioned.has(author.personId) ? { ...author, topic: "board.mentioned" as const } : author));
  return onePerPerson(actorId, [...first, ...mentioned(mentionedIds)]);
};

export const recipientsOfLike = (like: { readonly likerId: string; readonly postAuthorId: string }): Recipient[] =>
  onePerPerson(like.likerId, [{ personId: like.postAuthorId, topic: "board.liked" }]);

/** What is stored beside a notification: as much as its sentence and its link need. */
export const noticeDetails = z.object({
  title: z.string(),
  excerpt: z.string(),
  /** Of a post alone. */
  boardSlug: z.string().optional(),
  commentId: z.string().nullish(),
});
export type NoticeDetails = z.infer<typeof noticeDetails>;

// Where a click on a notification leads, by what it tells of.
const HREFS: Readonly<Record<string, (subjectId: string, details: NoticeDetails) => string>> = {
  "board.post": (postId, { boardSlug = "", commentId }) =>
    `/boards/${encodeURIComponent(boardSlug)}/${postId}${commentId ? `#comment-${commentId}` : ""}`,
  "factor.account": () => "/settings/security",
  "federation.account": () => "/settings/security",
  "identity.account": () => "/settings/sessions",
  "identity.session": () => "/settings/sessions",
  "identity.role-change": () => "/admin/rights/changes",
  "privacy.export": () => "/settings/privacy",
  "sync.export": () => "/admin/people/import",
  "sync.run": (runId) => `/admin/sync/runs/${runId}`,
};

/** The place of what a notification tells of. */
export const hrefOf = (subjectType: string, subjectId: string, details: NoticeDetails): string =>
  HREFS[subjectType]?.(subjectId, details) ?? "/notifications";

const EXCERPT_LENGTH = 140;
const graphemes = new Intl.Segmenter("ko", { granularity: "grapheme" });

/** The beginning of a text on one line, cut between characters, never inside one. */
export const excerptOf = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= EXCERPT_LENGTH) return line;
  let excerpt = "";
  let length = 0;
  for (const { segment } of graphemes.segment(line)) {
    if (length === EXCERPT_LENGTH) return `${excerpt}…`;
    excerpt += segment;
    length += 1;
  }
  return excerpt;
};

const MAX_SEQ = 2_147_483_647;

/** Behind which notification a page begins; they are listed from the newest down. */
export const parseCursor = (cursor: string | undefined): number => {
  if (cursor === undefined) return MAX_SEQ;
  if (!/^\d{1,10}$/.test(cursor) || Number(cursor) > MAX_SEQ) throw notificationErrors.cursorInvalid();
  return Number(cursor);
};
