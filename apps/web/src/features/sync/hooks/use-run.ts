"use client";
import type { AppRouter } from "@maru/api";
import type { RunView } from "@maru/api/sync/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import { useEffect, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { TRPC_PATH } from "../../../trpc/path";
import { isUnderWay } from "./use-words";

/** How often the run is looked at while its stream is away. */
const LOOK_EVERY_MS = 5_000;

/**
 * A run as it goes on: the stream brings each change, and where there is no stream the page looks from time to time. `isLive` says whether the
 * stream is open; its items are read anew with each change, because what stands on the page is applied meanwhile.
 */
export const useRun = (id: string) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isLive, setLive] = useState(false);
  const query = useQuery(
    trpc.sync.getRun.queryOptions(
      { id },
      { refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) && !isLive ? LOOK_EVERY_MS : false) },
    ),
  );
  const isOpen = query.data !== undefined && isUnderWay(query.data);
  useEffect(() => {
    if (!isOpen) return;
    const client = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url: TRPC_PATH })] });
    const take = (run: RunView) => {
      queryClient.setQueryData(trpc.sync.getRun.queryKey({ id }), run);
      void queryClient.invalidateQueries({ queryKey: trpc.sync.listItems.pathKey() });
    };
    const opened = client.sync.watchRun.subscribe(
      { id },
      {
        onData: take,
        onConnectionStateChange: ({ state }) => setLive(state === "pending"),
        onError: () => setLive(false),
        onComplete: () => setLive(false),
      },
    );
    return () => {
      opened.unsubscribe();
      setLive(false);
    };
  }, [id, isOpen, queryClient, trpc]);
  return { query, isLive };
};
