"use client";
import { useQueryClient } from "@tanstack/react-query";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";

/** What every change of the organisation does afterwards: all that is known of it is read again, and it is said what came of it. */
export const useDeskChange = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const readAgain = () => queryClient.invalidateQueries({ queryKey: trpc.directory.pathKey() });
  return {
    /** Resolves once everything was read again. */
    done: (title: string, message?: string): Promise<void> => {
      showToast({ title, message, tone: "done" });
      return readAgain();
    },
    failed: (error: unknown) => {
      const { title, description } = errorText(error);
      showToast({ title, message: description, tone: "wrong" });
      // What was refused may have changed meanwhile.
      void readAgain();
    },
  };
};
