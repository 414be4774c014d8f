"use client";
import { useQueryClient } from "@tanstack/react-query";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";

/** What every change on these pages does afterwards: the list is read again, and it is said what came of it. */
export const useAccountChange = (queryKey: readonly unknown[]) => {
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const readAgain = () => void queryClient.invalidateQueries({ queryKey });
  return {
    done: (title: string, message?: string) => {
      showToast({ title, message, tone: "done" });
      readAgain();
    },
    failed: (error: unknown) => {
      const { title, description } = errorText(error);
      showToast({ title, message: description, tone: "wrong" });
      // What was refused may not be there any more.
      readAgain();
    },
  };
};
