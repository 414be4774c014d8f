"use client";
import type { Operation } from "@maru/api/directory/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../../trpc/client";

/** What the steps would do, asked anew with each of them. The question is longer than an address may be, so it is sent like a command. */
export const usePreview = (operations: readonly Operation[], isWanted = true) => {
  const client = useTRPCClient();
  const key = useTRPC().directory.previewReorganisation.mutationKey();
  return useQuery({
    queryKey: [...key, operations],
    queryFn: () => client.directory.previewReorganisation.mutate({ operations: [...operations] }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    enabled: isWanted,
  });
};
