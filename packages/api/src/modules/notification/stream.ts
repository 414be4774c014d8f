import { isDatabaseDown } from "@maru/db/client";
import type { Ctx } from "../../tools";
import type { StreamInput, StreamItem } from "./contract";
import { hubOf } from "./hub";
import type { NotificationRow } from "./queries";
import { toReadableViews } from "./service";

const LIFETIME_MS = 10 * 60 * 1000;
const JITTER_MS = 60 * 1000;

/** A stream's item beside the place from which the next stream resumes. */
export type PlacedItem = { readonly seq: number; readonly item: StreamItem };

/**
 * Ends the connection without ending the subscription: the browser's EventSource comes back by itself with the place it has reached, and is
 * authorised anew. An ordinary end would tell the client that nothing will ever come any more.
 */
const comeBack = (reason: string) => new DOMException(reason, "AbortError");

/**
 * The actor's notifications as they come, behind `lastEventId` or from now on, each once and in order; and the badge, at
 * first and whenever it changes. Redis only says "look": what is sent is read from the table, so that an interruption loses nothing.
 */
export async function* streamInbox(ctx: Ctx, input: StreamInput, signal: AbortSignal | undefined): AsyncGenerator<PlacedItem, void, void> {
  const hub = hubOf(ctx);
  const endsAt = new Date(ctx.now().getTime() + LIFETIME_MS + Math.random() * JITTER_MS);
  const seat = hub.join({ personId: ctx.actor.id, sessionId: ctx.actor.sessionId, endsAt });
  signal?.addEventListener("abort", seat.leave, { once: true });
  if (signal?.aborted) seat.leave();
  let place = input.lastEventId === undefined ? null : Number(input.lastEventId);
  let isFirst = true;
  try {
    for (let inbox = await seat.next(); inbox; inbox = await seat.next()) {
      let hasSent = false;
      // A new stream begins at the present, and so does one whose place does not exist: that of a database that was restored since.
      if (isFirst) place = place === null ? inbox.lastSeq : Math.min(place, inbox.lastSeq);
      isFirst = false;
      while (place !== null && place < inbox.lastSeq) {
        const rows: NotificationRow[] = await hub.readAfter(ctx.actor.id, place);
        for (const notification of await toReadableViews(ctx, rows)) {
          place = notification.seq;
          hasSent = true;
          yield { seq: place, item: { type: "notification", notification, unseen: inbox.unseen } };
        }
        // What was read long ago may have been forgotten; then there is nothing more behind this place.
        if (rows.length === 0) place = inbox.lastSeq;
      }
      if (!hasSent) yield { seq: place ?? inbox.lastSeq, item: { type: "inbox", ...inbox } };
    }
  } catch (error) {
    if (isDatabaseDown(error)) throw comeBack("the database is away");
    throw error;
  } finally {
    signal?.removeEventListener("abort", seat.leave);
    seat.leave();
  }
  throw comeBack("the stream ends to be authorised again");
}
