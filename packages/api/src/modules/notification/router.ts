import { type TrackedEnvelope, tracked } from "@trpc/server";
import { z } from "zod";
import { allow, router } from "../../trpc/init";
import {
  inboxView,
  listNotificationsInput,
  markReadInput,
  markSeenInput,
  notificationPageView,
  type StreamItem,
  streamInput,
  streamItem,
} from "./contract";
import { getInbox, listNotifications, markAllRead, markRead, markSeen } from "./service";
import { type PlacedItem, streamInbox } from "./stream";

// Each item passes the same allow-list as any other answer, and carries its place as the id that the browser sends when it comes back.
async function* trackItems(items: AsyncIterable<PlacedItem>): AsyncGenerator<TrackedEnvelope<StreamItem>, void, void> {
  for await (const { seq, item } of items) yield tracked(String(seq), streamItem.parse(item));
}
const trackedItems = z
  .custom<AsyncIterable<PlacedItem>>((value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value)
  .transform(trackItems);

export const notificationRouter = router({
  listNotifications: allow("notification.read", { method: "GET", path: "/notifications" })
    .input(listNotificationsInput)
    .output(notificationPageView)
    .query(({ ctx, input }) => listNotifications(ctx, input)),
  getInbox: allow("notification.read")
    .input(z.strictObject({}))
    .output(inboxView)
    .query(({ ctx }) => getInbox(ctx)),
  markSeen: allow("notification.read", { isBackground: true })
    .input(markSeenInput)
    .output(inboxView)
    .mutation(({ ctx, input }) => markSeen(ctx, input)),
  markRead: allow("notification.read", { method: "PUT", path: "/notifications/{id}/read", isBackground: true })
    .input(markReadInput)
    .output(inboxView)
    .mutation(({ ctx, input }) => markRead(ctx, input)),
  markAllRead: allow("notification.read")
    .input(z.strictObject({}))
    .output(inboxView)
    .mutation(({ ctx }) => markAllRead(ctx)),
  stream: allow("notification.read")
    .input(streamInput)
    .output(trackedItems)
    .subscription(({ ctx, input, signal }) => streamInbox(ctx, input, signal)),
});
