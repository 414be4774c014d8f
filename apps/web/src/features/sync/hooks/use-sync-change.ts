import { useQueryClient } from "@tanstack/react-query";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { failureOf } from "../../../trpc/failure";

/** What every change of a source or a run does afterwards: everything about the sync is read anew, and the outcome is said in words. */
export const useSyncChange = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.sync.pathKey() });
  return {
    refresh,
    done: (title: string, message?: string) => {
      showToast({ title, message, tone: "done" });
      void refresh();
    },
    failed: (error: unknown) => {
      const { title, description } = errorText(error);
      const { runId } = failureOf(error).details;
      const href = typeof runId === "string" ? `/admin/sync/runs/${runId}` : undefined;
      showToast({ title, message: description, tone: "wrong", href });
      void refresh();
    },
  };
};
