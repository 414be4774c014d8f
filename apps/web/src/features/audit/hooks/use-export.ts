"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { type AuditPlace, filtersOf } from "../audit-place";

/** Gives the browser a file that was made here. */
const saveFile = (name: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
};

/** Takes the entries of a place out of Maru, for a reason that is kept. */
export const useExport = (place: AuditPlace, onDone: () => void) => {
  const t = useTranslations("audit.export");
  const errorText = useErrorText();
  const { mutate, isPending } = useMutation(
    useTRPC().audit.exportEntries.mutationOptions({
      onSuccess: ({ fileName, csv, count, isCut }) => {
        saveFile(fileName, csv);
        showToast({ title: t("done", { count }), message: isCut ? t("cut") : undefined, tone: isCut ? "news" : "done" });
        onDone();
      },
      onError: (error) => {
        const { title, description } = errorText(error);
        showToast({ title, message: description, tone: "wrong" });
      },
    }),
  );
  return { exportFor: (reason: string) => mutate({ ...filtersOf(place), reason }), isExporting: isPending };
};
