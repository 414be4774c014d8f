"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";

const LOOK_EVERY_MS = 2_000;
/** How far the log has come is looked at while the page is open: entries are sealed by themselves. */
const LOOK_AT_REST_MS = 10_000;

/** How far the log is sealed, and a verification that one may ask for. */
export const useVerification = () => {
  const trpc = useTRPC();
  const errorText = useErrorText();
  const [askedAt, setAskedAt] = useState<string | null>(null);
  const state = useQuery(
    trpc.audit.getState.queryOptions(
      {},
      {
        refetchInterval: ({ state: { data } }) => (isAwaited(askedAt, data?.lastVerification?.startedAt) ? LOOK_EVERY_MS : LOOK_AT_REST_MS),
      },
    ),
  );
  const { mutate, isPending } = useMutation(
    trpc.audit.requestVerification.mutationOptions({
      onSuccess: ({ requestedAt }) => {
        setAskedAt(requestedAt);
        void state.refetch();
      },
      onError: (error) => {
        const { title, description } = errorText(error);
        showToast({ title, message: description, tone: "wrong" });
      },
    }),
  );
  const isVerifying = isPending || isAwaited(askedAt, state.data?.lastVerification?.startedAt);
  return { state, isVerifying, verify: () => mutate({}) };
};

const isAwaited = (askedAt: string | null, startedAt: string | undefined): boolean =>
  askedAt !== null && (startedAt === undefined || startedAt < askedAt);
