import type { NotificationView, StreamItem } from "@maru/api/notification/contract";

/** What a tab knows of its person's inbox: the last number it has shown, and what the bell says. */
export type InboxState = { readonly lastSeq: number; readonly unseen: number };

export type InboxChange = {
  readonly state: InboxState;
  /** What this tab has not shown before. */
  readonly fresh: NotificationView | null;
};

/**
 * One step of a tab. The stream may tell a thing twice, after a lost connection or because another tab began earlier: numbers only grow, so
 * whatever is not above the last one was shown already.
 */
export const applyStreamItem = (state: InboxState, item: StreamItem): InboxChange => {
  if (item.type === "inbox") {
    return { state: { lastSeq: Math.max(state.lastSeq, item.lastSeq), unseen: item.unseen }, fresh: null };
  }
  const { notification, unseen } = item;
  if (notification.seq <= state.lastSeq) return { state, fresh: null };
  return { state: { lastSeq: notification.seq, unseen }, fresh: notification };
};
