"use client";
import type { FileView } from "@maru/api/files/contract";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../trpc/client";

const LOOK_AGAIN_MS = 1_000;
const LOOK_SELDOM_MS = 5_000;
const OFTEN = 60;

/** How long to wait before looking again whether the worker is done: every second for a minute, then seldom. */
export const lookAgainAfter = (isPending: boolean, looks: number): number | false =>
  isPending ? (looks < OFTEN ? LOOK_AGAIN_MS : LOOK_SELDOM_MS) : false;

/** A file as it stands; while the worker still makes its previews, it is looked at again until they are there. */
export const useFile = (id: string | null, known?: FileView): FileView | undefined => {
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.files.getFile.queryOptions({ id: id ?? "" }),
    enabled: id !== null,
    initialData: known,
    // A known file that is still being worked on is old news at once.
    initialDataUpdatedAt: known?.state === "PENDING" ? 0 : undefined,
    staleTime: ({ state }) => (state.data?.state === "PENDING" ? 0 : 5 * 60_000),
    refetchInterval: ({ state }) => lookAgainAfter(state.data?.state === "PENDING", state.dataUpdateCount),
  });
  return query.data;
};
