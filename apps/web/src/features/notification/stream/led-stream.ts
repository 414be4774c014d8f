import { TRPC_PATH } from "../../../trpc/path";
import { makeHub, type TabItem, type TabLine } from "./hub";
import type { StreamPlace } from "./open-stream";
import { subscribeToServer } from "./subscribe";

type ChannelMessage =
  | { readonly type: "joined"; readonly personId: string }
  | { readonly type: "item"; readonly personId: string; readonly item: TabItem };

const NAME = "maru-notifications";

/** Runs `lead` when this tab is the first of its browser, until the signal says that it goes; the next in the queue follows. */
const leadWhenFirst = (signal: AbortSignal, lead: () => () => void) => {
  const run = () =>
    new Promise<void>((resolve) => {
      const stop = lead();
      signal.addEventListener("abort", () => {
        stop();
        resolve();
      });
    });
  // Locks exist in secure contexts only. A browser without shared workers and without them is a phone's, with few tabs: each leads itself.
  if (!("locks" in navigator)) return void run();
  navigator.locks.request(NAME, { signal }, run).catch(() => undefined);
};

/** Where there are no shared workers one tab holds the stream and tells the others over a channel. */
export const openLed = (onItem: (item: TabItem) => void): StreamPlace => {
  let presence: AbortController | null = null;

  const leave = () => {
    presence?.abort();
    presence = null;
  };

  return {
    leave,
    join: ({ personId, afterSeq }) => {
      leave();
      presence = new AbortController();
      const { signal } = presence;
      const channel = new BroadcastChannel(NAME);
      signal.addEventListener("abort", () => channel.close());
      let newest = afterSeq;
      const take = (item: TabItem) => {
        if (item.type !== "signed-out") newest = Math.max(newest, item.type === "inbox" ? item.lastSeq : item.notification.seq);
        onItem(item);
      };
      const hear = ({ data }: MessageEvent<ChannelMessage>) => {
        if (data.type === "item" && data.personId === personId) take(data.item);
      };
      channel.addEventListener("message", hear);
      channel.postMessage({ type: "joined", personId } satisfies ChannelMessage);

      leadWhenFirst(signal, () => {
        const hub = makeHub(subscribeToServer(window.location.origin + TRPC_PATH));
        const line: TabLine = {
          send: (item) => {
            take(item);
            if (!signal.aborted) channel.postMessage({ type: "item", personId, item } satisfies ChannelMessage);
          },
        };
        const welcome = ({ data }: MessageEvent<ChannelMessage>) => {
          if (data.type === "joined" && data.personId === personId) hub.hear(line, { type: "join", personId, afterSeq: newest });
        };
        const wake = () => hub.wake();
        channel.addEventListener("message", welcome);
        window.addEventListener("online", wake);
        hub.hear(line, { type: "join", personId, afterSeq: newest });
        return () => {
          window.removeEventListener("online", wake);
          hub.hear(line, { type: "leave" });
        };
      });
    },
  };
};
