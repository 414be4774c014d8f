import type { SourceView, TestView } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { problemsOfTest, type SourceDraft, testInput } from "../source-draft";
import { useSyncChange } from "./use-sync-change";

export type ConnectionTest = {
  readonly outcome: TestView | null;
  readonly isRunning: boolean;
  /** Something else was typed since. */
  readonly isOutdated: boolean;
  /** It was asked for, and something is missing. */
  readonly hasGaps: boolean;
  readonly start: () => void;
};

/** Tries a draft against its server. `onGaps` hears when something must be filled in first. */
export const useConnectionTest = (draft: SourceDraft, saved: SourceView | null, onGaps: () => void): ConnectionTest => {
  const { failed } = useSyncChange();
  const [tried, setTried] = useState<string | null>(null);
  const [hasAsked, setAsked] = useState(false);
  const { mutate, data, isPending } = useMutation(useTRPC().sync.testSource.mutationOptions({ onError: failed }));
  const input = testInput(draft, saved);
  const isComplete = Object.keys(problemsOfTest(draft, saved)).length === 0;
  return {
    outcome: data ?? null,
    isRunning: isPending,
    isOutdated: data !== undefined && tried !== JSON.stringify(input),
    hasGaps: hasAsked && !isComplete,
    start: () => {
      setAsked(true);
      if (!isComplete) return onGaps();
      setTried(JSON.stringify(input));
      mutate(input);
    },
  };
};
