"use client";
import type { AppRouter } from "@maru/api";
import { type SampleView, type SourceView, type StageView, TEST_STAGES, type TestStepView } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { TRPC_PATH } from "../../../trpc/path";
import { problemsOfTest, type SourceDraft, testInput } from "../source-draft";
import { useSyncChange } from "./use-sync-change";

export type ConnectionTest = {
  /** The stages that are done, in their order. */
  readonly stages: readonly StageView[];
  readonly samples: readonly SampleView[];
  /** The stage that is being tried. */
  readonly running: StageView["stage"] | null;
  /** Its stream ended before its last stage. */
  readonly isBroken: boolean;
  /** Something else was typed since. */
  readonly isOutdated: boolean;
  /** It was asked for, and something is missing. */
  readonly hasGaps: boolean;
  readonly start: () => void;
};

type Progress = { readonly steps: readonly TestStepView[]; readonly state: "idle" | "running" | "ended" };
const NOTHING: Progress = { steps: [], state: "idle" };

/** The stream of a test, from the moment on at which it was begun. It is left with the page. */
const useProgress = () => {
  const [progress, setProgress] = useState(NOTHING);
  const leave = useRef(() => {});
  useEffect(() => () => leave.current(), []);
  const watch = (ticket: string): void => {
    const client = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url: TRPC_PATH })] });
    const end = () => setProgress(({ steps }) => ({ steps, state: "ended" }));
    const opened = client.sync.watchTest.subscribe(
      { ticket },
      {
        onData: (step) => setProgress(({ steps, state }) => ({ steps: [...steps, step], state })),
        onComplete: end,
        // A stream that is lost can't be taken up again: its ticket is used.
        onError: end,
      },
    );
    leave.current = () => opened.unsubscribe();
  };
  return { progress, setProgress, watch };
};

/** Tries a draft against its server, stage by stage. `onGaps` hears when something must be filled in first. */
export const useConnectionTest = (draft: SourceDraft, saved: SourceView | null, onGaps: () => void): ConnectionTest => {
  const { failed } = useSyncChange();
  const [tried, setTried] = useState<string | null>(null);
  const [hasAsked, setAsked] = useState(false);
  const { progress, setProgress, watch } = useProgress();
  const begin = useMutation(
    useTRPC().sync.beginTest.mutationOptions({
      onSuccess: ({ ticket }) => watch(ticket),
      onError: (error) => {
        setProgress(NOTHING);
        failed(error);
      },
    }),
  );
  const input = testInput(draft, saved);
  const isComplete = Object.keys(problemsOfTest(draft, saved)).length === 0;
  const { steps, state } = progress;
  return {
    stages: steps.map(({ stage }) => stage),
    samples: steps.flatMap(({ samples }) => samples),
    running: state === "running" ? (TEST_STAGES[steps.length] ?? null) : null,
    isBroken: state === "ended" && steps.length < TEST_STAGES.length,
    isOutdated: state === "ended" && tried !== JSON.stringify(input),
    hasGaps: hasAsked && !isComplete,
    start: () => {
      setAsked(true);
      if (!isComplete) return onGaps();
      setTried(JSON.stringify(input));
      setProgress({ steps: [], state: "running" });
      begin.mutate(input);
    },
  };
};
