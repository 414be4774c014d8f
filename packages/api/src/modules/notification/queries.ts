import type { DB } from "@maru/db/client";
import { definePrepared } from "@maru/db/prepared";
import { type Kysely, sql as raw } from "kysely";
import { type PersonRow, personColumns, personViewOfRow } from "../directory/service";
import { type NotificationView, TOPICS, type Topic } from "./contract";
import { hrefOf, noticeDetails } from "./domain";

const notificationColumns = [
  "n.id",
  "n.person_id as recipient_id",
  "n.seq",
  "n.topic",
  "n.subject_type",
  "n.subject_id",
  "n.details",
  "n.created_at",
  "n.seen_at",
  "n.read_at",
] as const;

const pageOf = (sql: Kysely<DB>, personId: string, beforeSeq: number, limit: number) =>
  sql
    .selectFrom("notification as n")
    .leftJoin("person_card as person", "person.id", "n.actor_id")
    .select([...notificationColumns, ...personColumns])
    .where("n.person_id", "=", personId)
    .where("n.seq", "<", beforeSeq)
    .orderBy("n.seq", "desc")
    .limit(limit);

type PageParameters = { personId: string; beforeSeq: number; limit: number };

/** Newest first, from below a sequence number. */
export const pageOfNotifications = definePrepared<PageParameters>()((sql, param) =>
  pageOf(sql, param.personId, param.beforeSeq, param.limit),
);

export const pageOfUnread = definePrepared<PageParameters>()((sql, param) =>
  pageOf(sql, param.personId, param.beforeSeq, param.limit).where("n.read_at", "is", null),
);

/** The badge: the hottest read of all. */
export const inboxOf = definePrepared<{ personId: string }>()((sql, param) =>
  sql.selectFrom("person_inbox").select(["unseen", "last_seq"]).where("person_id", "=", param.personId),
);

/** The badges of everybody whose stream is open, in one statement. */
export const inboxesOf = definePrepared<{ personIds: readonly string[] }>()((sql, param) =>
  sql
    .selectFrom("person_inbox")
    .select(["person_id", "unseen", "last_seq"])
    .where(raw<boolean>`person_id = any(${param.personIds}::uuid[])`),
);

type Places = { personIds: readonly string[]; afterSeqs: readonly number[]; limit: number };

/** What came behind each place, in order, for many readers at once: `place_no` counts the places from one, each gets at most `limit` rows. */
export const notificationsAfter = definePrepared<Places>()((sql, param) =>
  sql
    .selectFrom(
      raw<{
        person_id: string;
        after_seq: number;
        place_no: number;
      }>`unnest(${param.personIds}::uuid[], ${param.afterSeqs}::int[]) WITH ORDINALITY`.as<"place">(
        raw`place(person_id, after_seq, place_no)`,
      ),
    )
    .innerJoinLateral(
      (lateral) =>
        lateral
          .selectFrom("notification as own")
          .selectAll("own")
          .whereRef("own.person_id", "=", "place.person_id")
          .whereRef("own.seq", ">", "place.after_seq")
          .orderBy("own.seq")
          .limit(param.limit)
          .as("n"),
      (join) => join.onTrue(),
    )
    .leftJoin("person_card as person", "person.id", "n.actor_id")
    .select([...notificationColumns, ...personColumns, "place.place_no"])
    .orderBy("place.place_no")
    .orderBy("n.seq"),
);

export type NotificationRow = Awaited<ReturnType<typeof pageOfNotifications>>[number];

const isTopic = (topic: string): topic is Topic => (TOPICS as readonly string[]).includes(topic);
const hasActor = (row: NotificationRow): row is NotificationRow & PersonRow => row.person_id !== null;

/** `readable` are the subjects that the reader may read now: of others the text is not told, whatever stood there once. */
export const toNotificationView = (row: NotificationRow, readable: ReadonlySet<string>): NotificationView => {
  if (!isTopic(row.topic)) throw new Error(`notification ${row.id} has the unknown topic ${row.topic}`);
  const details = noticeDetails.parse(row.details);
  const isAvailable = readable.has(row.subject_id);
  return {
    id: row.id,
    seq: row.seq,
    topic: row.topic,
    actor: hasActor(row) ? personViewOfRow(row) : null,
    href: isAvailable ? hrefOf(row.subject_type, row.subject_id, details) : "/notifications",
    title: isAvailable ? details.title : "",
    excerpt: isAvailable ? details.excerpt : "",
    isAvailable,
    createdAt: row.created_at.toISOString(),
    isSeen: row.seen_at !== null,
    isRead: row.read_at !== null,
  };
};
