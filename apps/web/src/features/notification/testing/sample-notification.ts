import type { NotificationView } from "@maru/api/notification/contract";

/** A notification for tests of the stream. */
export const sampleNotification = (seq: number): NotificationView => ({
  id: `n${seq}`,
  seq,
  topic: "board.liked",
  actor: null,
  href: "/boards/free/1",
  title: "제목",
  excerpt: "",
  isAvailable: true,
  createdAt: "2026-11-20T05:00:00.000Z",
  isSeen: false,
  isRead: false,
});
