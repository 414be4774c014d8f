import type { StreamItem } from "@maru/api/notification/contract";
import { openStreamCore, type StreamCore, type Subscribe } from "./stream-core";

/** What a tab says to whoever holds the stream. */
export type TabMessage =
  | { readonly type: "join"; readonly personId: string; readonly afterSeq: number }
  /** The tab is closed, or sleeps in the history of the browser. */
  | { readonly type: "leave" };

/** What a tab is told: what the stream brings, or that the server knows the session no more. */
export type TabItem = StreamItem | { readonly type: "signed-out" };

/** A line to one tab. */
export type TabLine = { send(item: TabItem): void };

export type Hub = {
  hear(line: TabLine, message: TabMessage): void;
  wake(): void;
};

/**
 * Holds the stream for all tabs of a browser: open while there is a tab, begun anew when somebody else has signed in. A browser has one
 * session, so tabs of the one who was here before have nothing more to hear.
 */
export const makeHub = (subscribe: Subscribe): Hub => {
  const lines = new Set<TabLine>();
  let personId: string | null = null;
  let core: StreamCore | null = null;

  const close = () => {
    core?.close();
    core = null;
    personId = null;
    lines.clear();
  };

  const sendAll = (item: TabItem) => {
    for (const each of lines) each.send(item);
  };

  const join = (line: TabLine, message: Extract<TabMessage, { type: "join" }>) => {
    if (personId !== message.personId) close();
    lines.add(line);
    personId = message.personId;
    core ??= openStreamCore({
      afterSeq: message.afterSeq,
      subscribe,
      onItem: sendAll,
      onSignedOut: () => sendAll({ type: "signed-out" }),
    });
    // What was told between the drawing of the tab's page and this moment.
    const latest = core.latest();
    if (latest) line.send(latest);
  };

  return {
    hear: (line, message) => {
      if (message.type === "join") return join(line, message);
      lines.delete(line);
      if (lines.size === 0) close();
    },
    wake: () => core?.wake(),
  };
};
