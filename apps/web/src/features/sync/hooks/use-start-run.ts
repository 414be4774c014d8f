import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../trpc/client";
import { useSyncChange } from "./use-sync-change";

/** Asks for a preview or a run, and leads to the page where it can be watched. */
export const useStartRun = () => {
  const t = useTranslations("sync.sources");
  const router = useRouter();
  const { done, failed } = useSyncChange();
  const { mutate, isPending } = useMutation(
    useTRPC().sync.startRun.mutationOptions({
      onSuccess: ({ id, isDryRun }) => {
        done(t(isDryRun ? "previewStarted" : "started"));
        router.push(`/admin/sync/runs/${id}`);
      },
      onError: failed,
    }),
  );
  return { start: mutate, isStarting: isPending };
};
