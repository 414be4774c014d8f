import type { Sql } from "@maru/db/client";
import { newId } from "@maru/platform/crypto/id";
import { sql as raw } from "kysely";
import { readableIds } from "../../subjects";
import type { Ctx, TxCtx } from "../../tools";
import {
  type InboxView,
  type ListNotificationsInput,
  type NotificationPageView,
  type NotificationView,
  notificationErrors,
  type Topic,
} from "./contract";
import { INBOX_HINT, type NoticeDetails, parseCursor } from "./domain";
import { inboxOf, type NotificationRow, pageOfNotifications, pageOfUnread, toNotificationView } from "./queries";

/** The views of rows that belong to the actor, each as far as the actor may read its subject now. */
export const toReadableViews = async (ctx: Ctx, rows: readonly NotificationRow[]): Promise<NotificationView[]> => {
  const bySubject = new Map<string, Set<string>>();
  for (const row of rows) bySubject.set(row.subject_type, (bySubject.get(row.subject_type) ?? new Set()).add(row.subject_id));
  const readable = new Set<string>();
  for (const [subjectType, ids] of bySubject) for (const id of await readableIds(ctx, subjectType, [...ids])) readable.add(id);
  return rows.map((row) => toNotificationView(row, readable));
};

/** The actor's notifications, newest first. */
export const listNotifications = async (ctx: Ctx, input: ListNotificationsInput): Promise<NotificationPageView> => {
  const read = input.unreadOnly ? pageOfUnread : pageOfNotifications;
  const rows = await read(ctx.pool, { personId: ctx.actor.id, beforeSeq: parseCursor(input.cursor), limit: input.limit + 1 });
  const items = await toReadableViews(ctx, rows.slice(0, input.limit));
  return { items, nextCursor: rows.length > input.limit ? String(items.at(-1)?.seq) : null };
};

/** The actor's badge. */
export const getInbox = async (ctx: Ctx): Promise<InboxView> => {
  const [row] = await inboxOf(ctx.pool, { personId: ctx.actor.id });
  return { unseen: row?.unseen ?? 0, lastSeq: row?.last_seq ?? 0 };
};

// Taken before anything of the person is written: whoever holds it decides about the next number and the badge.
const lockInbox = async (sql: Sql, personId: string): Promise<InboxView> => {
  const row = await sql
    .selectFrom("person_inbox")
    .select(["unseen", "last_seq"])
    .where("person_id", "=", personId)
    .forUpdate()
    .executeTakeFirst();
  return { unseen: row?.unseen ?? 0, lastSeq: row?.last_seq ?? 0 };
};

const lowerBadge = async (tx: TxCtx, inbox: InboxView, newlySeen: number): Promise<InboxView> => {
  if (newlySeen === 0) return inbox;
  const unseen = inbox.unseen - newlySeen;
  await tx.sql.updateTable("person_inbox").set({ unseen }).where("person_id", "=", tx.actor.id).execute();
  tx.hint(INBOX_HINT, tx.actor.id);
  return { ...inbox, unseen };
};

/** The list was opened: everything up to here is seen, in every tab. */
export const markSeen = (ctx: Ctx, input: { upToSeq: number }): Promise<InboxView> =>
  ctx.tx(async (tx) => {
    const inbox = await lockInbox(tx.sql, tx.actor.id);
    const seen = await tx.sql
      .updateTable("notification")
      .set({ seen_at: tx.now() })
      .where("person_id", "=", tx.actor.id)
      .where("seq", "<=", input.upToSeq)
      .where("seen_at", "is", null)
      .returning("id")
      .execute();
    return lowerBadge(tx, inbox, seen.length);
  });

/** One was opened: it is read, and seen with it. */
export const markRead = (ctx: Ctx, input: { id: string }): Promise<InboxView> =>
  ctx.tx(async (tx) => {
    const inbox = await lockInbox(tx.sql, tx.actor.id);
    const row = await tx.sql
      .selectFrom("notification")
      .select(["seen_at", "read_at"])
      .where("id", "=", input.id)
      .where("person_id", "=", tx.actor.id)
      .executeTakeFirst();
    if (!row) throw notificationErrors.notificationNotFound();
    if (row.read_at) return inbox;
    const now = tx.now();
    await tx.sql
      .updateTable("notification")
      .set({ read_at: now, seen_at: row.seen_at ?? now })
      .where("id", "=", input.id)
      .execute();
    // Tabs that show the list learn of it, even when the badge stays as it is.
    tx.hint(INBOX_HINT, tx.actor.id);
    return lowerBadge(tx, inbox, row.seen_at ? 0 : 1);
  });

/** Everything there is so far is read. */
export const markAllRead = (ctx: Ctx): Promise<InboxView> =>
  ctx.tx(async (tx) => {
    const inbox = await lockInbox(tx.sql, tx.actor.id);
    const now = tx.now();
    await tx.sql
      .updateTable("notification")
      .set({ read_at: now, seen_at: raw<Date>`coalesce(seen_at, ${now}::timestamptz)` })
      .where("person_id", "=", tx.actor.id)
      .where("read_at", "is", null)
      .execute();
    // What is read is seen, and nothing can have come meanwhile: the inbox is locked.
    return lowerBadge(tx, inbox, inbox.unseen);
  });

/** What one person shall be told. */
export type Notice = {
  readonly personId: string;
  readonly eventId: string;
  readonly topic: Topic;
  readonly actorId: string | null;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly details: NoticeDetails;
};

// Makes the inboxes that are missing and locks all of them, in the order of the people: two who tell the same people never wait for each other.
const lockInboxes = (sql: Sql, personIds: readonly string[]) =>
  raw`INSERT INTO person_inbox (person_id) SELECT person_id FROM unnest(${personIds}::uuid[]) AS wanted(person_id) ORDER BY person_id
      ON CONFLICT (person_id) DO UPDATE SET last_seq = person_inbox.last_seq`.execute(sql);

/**
 * Tells people, each once for an event and topic. Sequence numbers are allocated under the lock of the person's inbox and become visible in
 * their order with the commit, so that a reader who has seen one number has seen every smaller one.
 */
export const addNotices = async (tx: TxCtx, notices: readonly Notice[]): Promise<void> => {
  if (notices.length === 0) return;
  const personIds = [...new Set(notices.map(({ personId }) => personId))].sort();
  await lockInboxes(tx.sql, personIds);
  const rows = JSON.stringify(notices.map((notice) => ({ id: newId(), ...notice })));
  // A statement of its own: it sees what others have committed before the locks were given.
  const { rows: told } = await raw<{ person_id: string }>`
    WITH wanted AS (
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS w("id" uuid, "personId" uuid, "eventId" uuid, "topic" text, "actorId" uuid,
        "subjectType" text, "subjectId" uuid, "details" jsonb)
    ), fresh AS (
      SELECT w.*, inbox.last_seq + row_number() OVER (PARTITION BY w."personId" ORDER BY w.id) AS seq
      FROM wanted w JOIN person_inbox inbox ON inbox.person_id = w."personId"
      WHERE NOT EXISTS (SELECT 1 FROM notification n WHERE n.person_id = w."personId" AND n.event_id = w."eventId" AND n.topic = w.topic)
    ), written AS (
      INSERT INTO notification (id, person_id, seq, event_id, topic, actor_id, subject_type, subject_id, details, created_at)
      SELECT id, "personId", seq, "eventId", topic, "actorId", "subjectType", "subjectId", details, ${tx.now()}::timestamptz FROM fresh
      RETURNING person_id
    ), counted AS (SELECT person_id, count(*)::int AS added FROM written GROUP BY person_id)
    UPDATE person_inbox inbox SET last_seq = inbox.last_seq + counted.added, unseen = inbox.unseen + counted.added
    FROM counted WHERE inbox.person_id = counted.person_id RETURNING inbox.person_id`.execute(tx.sql);
  for (const { person_id } of told) tx.hint(INBOX_HINT, person_id);
};

const READ_KEPT_DAYS = 180;

/** Forgets what was read half a year ago. What is unread stays: nobody loses anything that was not opened. */
export const purgeRead = async (ctx: Ctx): Promise<void> => {
  const before = new Date(ctx.now().getTime() - READ_KEPT_DAYS * 24 * 60 * 60 * 1000);
  await ctx.db.notification.deleteMany({ where: { readAt: { lt: before } } });
};
