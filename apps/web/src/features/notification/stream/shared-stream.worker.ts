import { TRPC_PATH } from "../../../trpc/path";
import { makeHub, type TabLine, type TabMessage } from "./hub";
import { subscribeToServer } from "./subscribe";

// The types of a shared worker's scope do not go together with those of a page; this is all of it that is used.
const scope = globalThis as unknown as {
  readonly location: { readonly origin: string };
  onconnect: (event: MessageEvent) => void;
  addEventListener(type: "online", listener: () => void): void;
};

const hub = makeHub(subscribeToServer(scope.location.origin + TRPC_PATH));

scope.onconnect = ({ ports: [port] }) => {
  if (!port) return;
  const line: TabLine = { send: (item) => port.postMessage(item) };
  port.onmessage = ({ data }: MessageEvent<TabMessage>) => hub.hear(line, data);
};
scope.addEventListener("online", () => hub.wake());
