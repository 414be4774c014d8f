"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "../../../trpc/client";

/** Remembers that one has looked at somebody's page. Whether that succeeds is nothing to be told of. */
export const useNoteSeen = (personId: string): void => {
  const queryClient = useQueryClient();
  const { directory } = useTRPC();
  const { mutate } = useMutation(
    directory.noteSeen.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries({ queryKey: directory.listRecent.queryKey() }),
    }),
  );
  useEffect(() => mutate({ personId }), [mutate, personId]);
};
