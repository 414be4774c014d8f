import type { AppRouter } from "@maru/api";
import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import type { Subscribe } from "./stream-core";

/** The server's `notification.stream` over SSE. Runs in a shared worker, or in the tab that leads. */
export const subscribeToServer = (url: string): Subscribe => {
  const client = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url })] });
  return (afterSeq, on) =>
    client.notification.stream.subscribe(
      { lastEventId: String(afterSeq) },
      { onData: ({ data }) => on.item(data), onError: (error) => on.end(error.data?.httpStatus === 401), onComplete: () => on.end() },
    );
};
