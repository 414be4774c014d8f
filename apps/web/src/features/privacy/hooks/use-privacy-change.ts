"use client";
import { useQueryClient } from "@tanstack/react-query";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";

/** What every change on these pages does afterwards: everything about privacy is read again, and it is said what came of it. */
export const usePrivacyChange = () => {
  const queryClient = useQueryClient();
  const { privacy } = useTRPC();
  const errorText = useErrorText();
  const readAgain = () => void queryClient.invalidateQueries({ queryKey: privacy.pathKey() });
  return {
    done: (title: string, message?: string) => {
      showToast({ title, message, tone: "done" });
      readAgain();
    },
    failed: (error: unknown) => {
      const { title, description } = errorText(error);
      showToast({ title, message: description, tone: "wrong" });
      // What was refused may have been replaced meanwhile.
      readAgain();
    },
  };
};
