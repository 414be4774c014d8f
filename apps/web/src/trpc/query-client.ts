import { QueryCache, QueryClient } from "@tanstack/react-query";
import { failureOf, mayPass } from "./failure";

const MAX_RETRIES = 2;
const STALE_AFTER_MS = 30_000;

/** One per browser tab, and one per request on the server. `onSignedOut` hears that a query was refused for want of a session. */
export const makeQueryClient = (onSignedOut: () => void = () => undefined) =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (failureOf(error).httpStatus === 401) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        // What the server rendered a moment ago is not asked for again by the hydrated page; the stream tells of what changes sooner.
        staleTime: STALE_AFTER_MS,
        // On the server nobody waits for a second try: the page says so, or the browser asks again.
        retry: (count, error) => typeof window !== "undefined" && count < MAX_RETRIES && mayPass(error),
      },
      // The link repeats mutations itself, under one idempotency key.
      mutations: { retry: false },
    },
  });
