import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";

/** What every change of rights does afterwards: everything about rights is read anew, and the outcome is said in words. */
export const useRightsChange = () => {
  const t = useTranslations("rights");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.identity.pathKey() });
  return {
    refresh,
    /** A role was given or taken: done, done by one alone, or waiting for the second. */
    tellOutcome: ({ outcome, isAlone }: { outcome: "done" | "pending"; isAlone: boolean }, done: string) => {
      if (outcome === "pending") showToast({ title: t("asked"), message: t("askedDescription") });
      else if (isAlone) showToast({ title: t("alone"), message: t("aloneDescription"), tone: "done" });
      else showToast({ title: done, tone: "done" });
      void refresh();
    },
    tellError: (error: unknown) => {
      const { title, description } = errorText(error);
      showToast({ title, message: description, tone: "wrong" });
      void refresh();
    },
  };
};
