import type { TabItem, TabMessage } from "./hub";

/** How a tab takes part in the one stream of its browser; called again after each join. */
export type StreamPlace = { readonly join: (message: Extract<TabMessage, { type: "join" }>) => void; readonly leave: () => void };

/** A worker that all tabs share outlives each of them, so that closing one interrupts nothing. */
const openShared = (onItem: (item: TabItem) => void): StreamPlace => {
  const worker = new SharedWorker(new URL("./shared-stream.worker.ts", import.meta.url), { type: "module", name: "maru-notifications" });
  worker.port.onmessage = ({ data }: MessageEvent<TabItem>) => onItem(data);
  worker.port.start();
  return {
    join: (message) => worker.port.postMessage(message),
    leave: () => worker.port.postMessage({ type: "leave" } satisfies TabMessage),
  };
};

/** The one stream of the browser, in the best way that it has. What leads a stream in a tab is loaded only where it is needed. */
export const openStream = async (onItem: (item: TabItem) => void): Promise<StreamPlace> => {
  if (typeof SharedWorker === "function") return openShared(onItem);
  const { openLed } = await import("./led-stream");
  return openLed(onItem);
};
