import type { StreamItem } from "@maru/api/notification/contract";

export type Subscription = { unsubscribe(): void };
/** Opens the server's stream behind a sequence number. `end` is called once, whatever ended it, and is told when there is no session any more. */
export type Subscribe = (afterSeq: number, on: { item: (item: StreamItem) => void; end: (isSignedOut?: boolean) => void }) => Subscription;

export type StreamCore = {
  /** What a newcomer is told: the newest number and badge that the stream has brought, or null before it brought any. */
  latest(): Extract<StreamItem, { type: "inbox" }> | null;
  /** The network came back: there is no reason to wait any longer. */
  wake(): void;
  close(): void;
};

type CoreOptions = {
  readonly afterSeq: number;
  readonly subscribe: Subscribe;
  readonly onItem: (item: StreamItem) => void;
  /** The server knows the session no more. The stream goes on asking: the browser may have been given another one meanwhile. */
  readonly onSignedOut?: () => void;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** A stream that lived this long was well: what ends it begins a new count of failures. */
const HEALTHY_MS = 5_000;

/** The pause before the next attempt: doubled each time, and spread, so that a thousand browsers do not come back in the same moment. */
export const pauseAfter = (failures: number, random: number) =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.5 + random / 2);

/**
 * The one stream of a browser, kept open for ever. It remembers the last number it was told, so that the next connection begins right
 * behind it and nothing is lost or told twice. The server ends a stream every ten minutes on purpose; that is an end like any other.
 */
export const openStreamCore = ({ afterSeq, subscribe, onItem, onSignedOut }: CoreOptions): StreamCore => {
  let lastSeq = afterSeq;
  let unseen: number | null = null;
  let failures = 0;
  let subscription: Subscription | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isClosed = false;

  const take = (item: StreamItem) => {
    failures = 0;
    unseen = item.unseen;
    if (item.type === "inbox") return onItem(item);
    if (item.notification.seq <= lastSeq) return;
    lastSeq = item.notification.seq;
    onItem(item);
  };

  const connect = () => {
    timer = null;
    if (isClosed) return;
    const openedAt = Date.now();
    let hasEnded = false;
    const opened = subscribe(lastSeq, {
      item: (item) => {
        if (!isClosed && !hasEnded) take(item);
      },
      end: (isSignedOut) => {
        if (hasEnded) return;
        hasEnded = true;
        subscription = null;
        if (isClosed) return;
        if (isSignedOut) onSignedOut?.();
        if (Date.now() - openedAt > HEALTHY_MS) failures = 0;
        timer = setTimeout(connect, pauseAfter(failures, Math.random()));
        failures += 1;
      },
    });
    subscription = hasEnded ? null : opened;
  };

  connect();
  return {
    latest: () => (unseen === null ? null : { type: "inbox", unseen, lastSeq }),
    wake: () => {
      if (timer === null) return;
      clearTimeout(timer);
      connect();
    },
    close: () => {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      subscription?.unsubscribe();
      subscription = null;
    },
  };
};
