import type { ItemView, RunView } from "@maru/api/sync/contract";
import type { StatusTone } from "@maru/ui/status-badge";
import { useTranslations } from "next-intl";

const RUN_TONES: Readonly<Record<RunView["state"], StatusTone>> = {
  QUEUED: "neutral",
  READING: "progress",
  PLANNED: "progress",
  WAITING_APPROVAL: "caution",
  APPLYING: "progress",
  LINKING: "progress",
  DONE: "done",
  FAILED: "wrong",
  CANCELLED: "neutral",
};

const ITEM_TONES: Readonly<Record<ItemView["status"], StatusTone>> = {
  PLANNED: "neutral",
  APPLIED: "done",
  SKIPPED: "neutral",
  FAILED: "wrong",
  CONFLICT: "caution",
};

/** The states that go on by themselves. */
export const isUnderWay = ({ state }: Pick<RunView, "state">): boolean =>
  state === "QUEUED" || state === "READING" || state === "PLANNED" || state === "APPLYING" || state === "LINKING";

/** What the states of a run and its items, and whatever went wrong with them, are called. */
export const useWords = () => {
  const t = useTranslations("sync");
  const errors = useTranslations("errors");
  return {
    run: ({ state }: Pick<RunView, "state">) => ({ label: t(`run.states.${state}`), tone: RUN_TONES[state] }),
    kind: ({ isDryRun, isFull, sourceKind, isUndo }: Pick<RunView, "isDryRun" | "isFull" | "sourceKind" | "isUndo">): string => {
      if (sourceKind === "FILE") return t(isUndo ? "run.kinds.undoImport" : isDryRun ? "run.kinds.previewImport" : "run.kinds.import");
      if (isDryRun) return t(isFull ? "run.kinds.previewFull" : "run.kinds.previewDelta");
      return t(isFull ? "run.kinds.full" : "run.kinds.delta");
    },
    /** In a preview nothing waits: that its items would is said above them. */
    status: ({ status, isHeld }: Pick<ItemView, "status" | "isHeld">, isDryRun: boolean): { label: string; tone: StatusTone } =>
      isHeld && !isDryRun && status === "PLANNED"
        ? { label: t("items.held"), tone: "caution" }
        : { label: t(`items.statuses.${status}`), tone: ITEM_TONES[status] },
    /** Why a directory could not be read, or a run did not come to its end; a code without a sentence is told as it is. */
    failure: (code: string): { title: string; description: string } => {
      if (t.has(`failures.${code}.title`)) return { title: t(`failures.${code}.title`), description: t(`failures.${code}.description`) };
      if (errors.has(`${code}.title`)) return { title: errors(`${code}.title`), description: errors(`${code}.description`) };
      return { title: t("failures.unknown.title"), description: t("failures.unknown.description") };
    },
    /** Why an item was not applied, or not all of it. */
    itemError: (code: string): string => {
      if (t.has(`items.errors.${code}`)) return t(`items.errors.${code}`);
      if (errors.has(`${code}.title`)) return `${errors(`${code}.title`)}. ${errors(`${code}.description`)}`;
      return t("items.errorUnknown", { code });
    },
  };
};
