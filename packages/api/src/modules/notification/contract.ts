import { defineErrors } from "@maru/platform/errors";
import { z } from "zod";
import { personView } from "../directory/contract";

export const notificationPermissions = ["notification.read"] as const;

export const notificationErrors = defineErrors("notification", {
  notificationNotFound: "not_found",
  cursorInvalid: "invalid",
  /** This process holds as many streams as it may; the browser tries again. */
  tooManyStreams: "unavailable",
});

/** Each topic has a sentence in both message catalogues. */
export const TOPICS = [
  "board.mentioned",
  "board.commented",
  "board.replied",
  "board.liked",
  "factor.factorAdded",
  "factor.factorRemoved",
  "factor.recoveryCodeUsed",
  "federation.identityLinked",
  "federation.identityUnlinked",
  "identity.passwordChanged",
  "identity.sessionStolen",
  "identity.roleChangeRequested",
  "privacy.exportReady",
  "sync.peopleExported",
  "sync.runHeld",
  "sync.runFailed",
] as const;
export type Topic = (typeof TOPICS)[number];

export const notificationView = z.object({
  id: z.string(),
  seq: z.number(),
  topic: z.enum(TOPICS),
  actor: personView.nullable(),
  /** Where a click leads: a path of the web app. */
  href: z.string(),
  /** What the sentence names: the post's title, an excerpt of the comment. Empty when it is not available any more. */
  title: z.string(),
  excerpt: z.string(),
  /** False once the person may not read what it tells of, or once that was deleted. */
  isAvailable: z.boolean(),
  createdAt: z.string(),
  isSeen: z.boolean(),
  isRead: z.boolean(),
});
export type NotificationView = z.infer<typeof notificationView>;

export const listNotificationsInput = z.strictObject({
  cursor: z.string().min(1).max(200).optional(),
  limit: z.int().min(1).max(100).default(20),
  unreadOnly: z.boolean().default(false),
});
export type ListNotificationsInput = z.output<typeof listNotificationsInput>;
export const notificationPageView = z.object({ items: z.array(notificationView), nextCursor: z.string().nullable() });
export type NotificationPageView = z.infer<typeof notificationPageView>;

/** The badge: how many the person has not seen yet. */
export const inboxView = z.object({ unseen: z.number(), lastSeq: z.number() });
export type InboxView = z.infer<typeof inboxView>;

export const markReadInput = z.strictObject({ id: z.uuid() });
/** Everything up to this sequence number is seen. */
export const markSeenInput = z.strictObject({ upToSeq: z.int32().min(0) });

/** `lastEventId` is the last sequence number that the browser has shown; the stream begins right behind it. */
export const streamInput = z.strictObject({
  lastEventId: z
    .string()
    .regex(/^\d{1,10}$/)
    .optional(),
});
export type StreamInput = z.output<typeof streamInput>;
/** What the stream carries: a new notification, or the badge: at once when the stream opens, and whenever something was seen or read elsewhere. */
export const streamItem = z.discriminatedUnion("type", [
  z.object({ type: z.literal("notification"), notification: notificationView, unseen: z.number() }),
  z.object({ type: z.literal("inbox"), unseen: z.number(), lastSeq: z.number() }),
]);
export type StreamItem = z.infer<typeof streamItem>;
