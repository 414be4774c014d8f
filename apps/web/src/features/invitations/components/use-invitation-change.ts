"use client";
import { useQueryClient } from "@tanstack/react-query";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";

/** What every change on this page does afterwards: everything is read again, and it is said what came of it. */
export const useInvitationChange = () => {
  const queryClient = useQueryClient();
  const { identity } = useTRPC();
  const errorText = useErrorText();
  const readAgain = () => {
    void queryClient.invalidateQueries({ queryKey: identity.listInvitations.pathKey() });
    void queryClient.invalidateQueries({ queryKey: identity.getRegistration.pathKey() });
  };
  return {
    done: (title: string) => {
      showToast({ title, tone: "done" });
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
