import type { ItemView, RunView } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { showToast } from "../../../shell/toast/toast-store";
import { useTRPCClient } from "../../../trpc/client";
import { toCsv } from "../items-csv";
import { type ItemsPlace, listInput } from "../items-place";
import { useDifferenceWords } from "./use-difference-words";
import { useSyncChange } from "./use-sync-change";
import { useWords } from "./use-words";

const AT_ONCE = 100;
/** As much as a spreadsheet is still opened for; narrower filters give the rest. */
const MOST = 20_000;

const saveFile = (name: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
};

/** Gives what a place of a run shows as a file for a spreadsheet, read page by page to its end. */
export const useItemsExport = ({ id: runId, isDryRun }: Pick<RunView, "id" | "isDryRun">, place: ItemsPlace) => {
  const t = useTranslations("sync.items");
  const client = useTRPCClient();
  const words = useWords();
  const { failed } = useSyncChange();
  const differences = useDifferenceWords();
  const rowOf = (item: ItemView): readonly string[] => {
    const changed = differences(item);
    const side = (name: "before" | "after") => changed.map((one) => `${one.field}: ${one[name] ?? t("nothing")}`).join("\n");
    return [
      ...[String(item.seq), t(`targets.${item.target}`), t(`actions.${item.action}`), item.label, item.externalId],
      ...[side("before"), side("after"), words.status(item, isDryRun).label, item.error ? words.itemError(item.error) : ""],
    ];
  };
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      const items: ItemView[] = [];
      let cursor: number | undefined;
      do {
        const page = await client.sync.listItems.query({ ...listInput(runId, place), limit: AT_ONCE, cursor });
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined && items.length < MOST);
      return { items, isCut: cursor !== undefined };
    },
    onSuccess: ({ items, isCut }) => {
      const head = ["columns.seq", "target", "action", "text", "columns.externalId", "before", "after", "status", "columns.why"];
      saveFile(`maru-sync-${runId}.csv`, toCsv([head.map((key) => t(key)), ...items.map(rowOf)]));
      showToast({ title: t("exported", { count: items.length }), message: isCut ? t("cut") : undefined, tone: isCut ? "news" : "done" });
    },
    onError: failed,
  });
  return { exportItems: () => mutate(), isExporting: isPending };
};
