import type { RunView } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { showToast } from "../../../shell/toast/toast-store";
import { useTRPC } from "../../../trpc/client";
import { type ItemsPlace, listInput } from "../items-place";
import { useSyncChange } from "./use-sync-change";

/** Gives the browser a file that the server has written. */
const saveFile = (name: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
};

/** Gives everything that a place of a run shows, and what is behind its last page, as a file for a spreadsheet. */
export const useItemsExport = ({ id: runId }: Pick<RunView, "id">, place: ItemsPlace) => {
  const t = useTranslations("sync.items");
  const locale = useLocale() === "en" ? "en" : "ko";
  const { failed } = useSyncChange();
  const { mutate, isPending } = useMutation(
    useTRPC().sync.exportItems.mutationOptions({
      onSuccess: ({ fileName, csv, count, isCut }) => {
        saveFile(fileName, csv);
        showToast({ title: t("exported", { count }), message: isCut ? t("cut") : undefined, tone: isCut ? "news" : "done" });
      },
      onError: failed,
    }),
  );
  const { limit: _limit, ...filters } = listInput(runId, place);
  return { exportItems: () => mutate({ ...filters, locale }), isExporting: isPending };
};
