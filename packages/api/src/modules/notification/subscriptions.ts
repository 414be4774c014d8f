import { sha256 } from "@maru/platform/crypto/token";
import { type Occurrence, subscribe } from "../../handling";
import { readableIds } from "../../subjects";
import type { Ctx } from "../../tools";
import { commentAdded, postEdited, postLiked, postPublished } from "../board/events";
import { findCommentFacts, findPostFacts, isLikedBy } from "../board/service/facts";
import { factorAdded, factorRemoved, recoveryCodeUsed } from "../factor/events";
import { identityLinked, identityUnlinked } from "../federation/events";
import { passwordChanged, roleChangeRequested, sessionStolen } from "../identity/events";
import { findActorForPerson, findRoleChangeFacts, findSessionFacts } from "../identity/service";
import { exportReady } from "../privacy/events";
import { peopleExported, runFailed, runHeld } from "../sync/events";
import { findRunFacts } from "../sync/service";
import type { Topic } from "./contract";
import {
  excerptOf,
  MAX_RECIPIENTS,
  type NoticeDetails,
  type Recipient,
  recipientsOfComment,
  recipientsOfLike,
  recipientsOfPost,
} from "./domain";
import { addNotices } from "./service";

const SUBJECT_TYPE = "board.post";

type Telling = {
  readonly eventId: string;
  readonly actorId: string | null;
  readonly postId: string;
  readonly recipients: readonly Recipient[];
  readonly details: NoticeDetails;
};

/** Asks on each person's behalf: what somebody may not read, she is not told of. */
const mayRead = async (ctx: Ctx, personId: string, postId: string): Promise<boolean> => {
  const actor = await findActorForPerson(ctx, personId);
  return actor !== null && (await readableIds({ ...ctx, actor }, SUBJECT_TYPE, [postId])).has(postId);
};

const tell = async (ctx: Ctx, { eventId, actorId, postId, recipients, details }: Telling, signal: AbortSignal): Promise<void> => {
  const allowed: Recipient[] = [];
  for (const recipient of recipients) {
    signal.throwIfAborted();
    if (await mayRead(ctx, recipient.personId, postId)) allowed.push(recipient);
  }
  if (allowed.length === 0) return;
  const common = { eventId, actorId, subjectType: SUBJECT_TYPE, subjectId: postId, details };
  await ctx.tx((tx) =>
    addNotices(
      tx,
      allowed.map(({ personId, topic }) => ({ ...common, personId, topic })),
    ),
  );
};

const tellOfPost = async (
  ctx: Ctx,
  { id, actorId }: Occurrence<unknown>,
  postId: string,
  mentionedIds: readonly string[],
  signal: AbortSignal,
) => {
  const recipients = recipientsOfPost({ actorId, mentionedIds });
  const post = recipients.length > 0 ? await findPostFacts(ctx, postId) : undefined;
  if (!post) return;
  const details = { boardSlug: post.boardSlug, title: post.title, excerpt: excerptOf(post.bodyText), commentId: null };
  await tell(ctx, { eventId: id, actorId, postId, recipients, details }, signal);
};

// One for each person who likes a post, however often she changes her mind: the id of the event follows from the two.
const likeEventId = (postId: string, likerId: string): string => {
  const hash = sha256(`board.liked ${postId} ${likerId}`);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
};

type Owner = { readonly personId: string; readonly accountId: string };

// What somebody did to her own sign-in she is told all the same: it may have been somebody else.
const tellOfSignIn = (ctx: Ctx, eventId: string, topic: Topic, subjectType: string, { personId, accountId }: Owner) => {
  const subject = { subjectType, subjectId: accountId };
  return ctx.tx((tx) => addNotices(tx, [{ personId, eventId, topic, actorId: null, ...subject, details: { title: "", excerpt: "" } }]));
};

// A directory is the administrators' business; one who has asked for a run by hand is one of them.
const tellOfRun = async (ctx: Ctx, eventId: string, topic: Topic, runId: string): Promise<void> => {
  const facts = await findRunFacts(ctx, runId);
  if (!facts || facts.personIds.length === 0) return;
  const details = { title: facts.sourceName, excerpt: "" };
  const notice = { eventId, topic, actorId: null, subjectType: "sync.run", subjectId: runId, details };
  await ctx.tx((tx) =>
    addNotices(
      tx,
      facts.personIds.slice(0, MAX_RECIPIENTS).map((personId) => ({ personId, ...notice })),
    ),
  );
};

export const subscriptions = [
  subscribe(
    "notification.tell-of-post",
    postPublished,
    (ctx, occurrence, signal) => tellOfPost(ctx, occurrence, occurrence.payload.postId, occurrence.payload.mentionedIds, signal),
    { concerns: ({ mentionedIds }) => mentionedIds.length > 0 },
  ),
  subscribe(
    "notification.tell-of-edit",
    postEdited,
    (ctx, occurrence, signal) => tellOfPost(ctx, occurrence, occurrence.payload.postId, occurrence.payload.newlyMentionedIds, signal),
    { concerns: ({ newlyMentionedIds }) => newlyMentionedIds.length > 0 },
  ),
  subscribe("notification.tell-of-comment", commentAdded, async (ctx, { id, actorId, payload }, signal) => {
    const { postId, commentId, mentionedIds } = payload;
    const [post, comment] = await Promise.all([findPostFacts(ctx, postId), findCommentFacts(ctx, commentId)]);
    if (!post || !comment) return;
    const recipients = recipientsOfComment({
      actorId,
      postAuthorId: post.authorId,
      parentAuthorId: comment.parentAuthorId,
      mentionedIds,
    });
    const details = { boardSlug: post.boardSlug, title: post.title, excerpt: excerptOf(comment.bodyText), commentId };
    await tell(ctx, { eventId: id, actorId, postId, recipients, details }, signal);
  }),
  subscribe("notification.tell-of-like", postLiked, async (ctx, { payload }, signal) => {
    const { postId, personId } = payload;
    const [post, isLiked] = await Promise.all([findPostFacts(ctx, postId), isLikedBy(ctx, postId, personId)]);
    if (!post || !isLiked) return;
    const recipients = recipientsOfLike({ likerId: personId, postAuthorId: post.authorId });
    const details = { boardSlug: post.boardSlug, title: post.title, excerpt: "", commentId: null };
    await tell(ctx, { eventId: likeEventId(postId, personId), actorId: personId, postId, recipients, details }, signal);
  }),
  subscribe("notification.tell-of-factor", factorAdded, (ctx, { id, payload }) =>
    tellOfSignIn(ctx, id, "factor.factorAdded", "factor.account", payload),
  ),
  subscribe("notification.tell-of-removed-factor", factorRemoved, (ctx, { id, payload }) =>
    tellOfSignIn(ctx, id, "factor.factorRemoved", "factor.account", payload),
  ),
  subscribe("notification.tell-of-recovery-code", recoveryCodeUsed, (ctx, { id, payload }) =>
    tellOfSignIn(ctx, id, "factor.recoveryCodeUsed", "factor.account", payload),
  ),
  subscribe("notification.tell-of-password", passwordChanged, (ctx, { id, payload }) =>
    tellOfSignIn(ctx, id, "identity.passwordChanged", "identity.account", payload),
  ),
  subscribe("notification.tell-of-link", identityLinked, (ctx, { id, payload }) =>
    tellOfSignIn(ctx, id, "federation.identityLinked", "federation.account", payload),
  ),
  subscribe("notification.tell-of-unlink", identityUnlinked, (ctx, { id, payload }) =>
    tellOfSignIn(ctx, id, "federation.identityUnlinked", "federation.account", payload),
  ),
  subscribe("notification.tell-of-stolen-session", sessionStolen, async (ctx, { id, payload }) => {
    const { sessionId, personId } = payload;
    const facts = await findSessionFacts(ctx, sessionId);
    if (!facts) return;
    const subject = { subjectType: "identity.session", subjectId: sessionId };
    const details = { title: facts.device ?? facts.address ?? "", excerpt: facts.address ?? "" };
    // Nobody is named as the one who did it: that is what nobody knows.
    await ctx.tx((tx) => addNotices(tx, [{ personId, eventId: id, topic: "identity.sessionStolen", actorId: null, ...subject, details }]));
  }),
  subscribe("notification.tell-of-role-change", roleChangeRequested, async (ctx, { id, actorId, payload }) => {
    const { changeId } = payload;
    const facts = await findRoleChangeFacts(ctx, changeId);
    if (!facts || facts.deciderIds.length === 0) return;
    const subject = { subjectType: "identity.role-change", subjectId: changeId };
    const details = { title: facts.personName, excerpt: "" };
    const notice = { eventId: id, topic: "identity.roleChangeRequested" as const, actorId, ...subject, details };
    await ctx.tx((tx) =>
      addNotices(
        tx,
        facts.deciderIds.slice(0, MAX_RECIPIENTS).map((personId) => ({ personId, ...notice })),
      ),
    );
  }),
  subscribe("notification.tell-of-held-run", runHeld, (ctx, { id, payload }) => tellOfRun(ctx, id, "sync.runHeld", payload.runId)),
  subscribe("notification.tell-of-failed-run", runFailed, (ctx, { id, payload }) => tellOfRun(ctx, id, "sync.runFailed", payload.runId)),
  subscribe("notification.tell-of-export", exportReady, async (ctx, { id, payload: { exportId, personId } }) => {
    const subject = { subjectType: "privacy.export", subjectId: exportId };
    const notice = { personId, eventId: id, topic: "privacy.exportReady" as const, actorId: null, ...subject };
    await ctx.tx((tx) => addNotices(tx, [{ ...notice, details: { title: "", excerpt: "" } }]));
  }),
  subscribe("notification.tell-of-people-export", peopleExported, async (ctx, { id, payload: { exportId, personId } }) => {
    const subject = { subjectType: "sync.export", subjectId: exportId };
    const notice = { personId, eventId: id, topic: "sync.peopleExported" as const, actorId: null, ...subject };
    await ctx.tx((tx) => addNotices(tx, [{ ...notice, details: { title: "", excerpt: "" } }]));
  }),
];
