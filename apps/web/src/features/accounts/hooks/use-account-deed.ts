"use client";
import type { AccountRowView } from "@maru/api/identity/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";

/** What an administrator does with an account, each asked for before. */
export type AccountDeed = "signOut" | "disable" | "enable" | "delete";

/** Does it, says what came of it, and reads the list again. */
export const useAccountDeed = ({ id, person }: AccountRowView, onSettled: () => void) => {
  const t = useTranslations("accounts");
  const { identity } = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const outcome = (deed: AccountDeed) => ({
    onSuccess: () => showToast({ title: t(`deeds.${deed}.done`), message: person.name, tone: "done" }),
    onError: (error: unknown) => {
      const { title, description } = errorText(error);
      showToast({ title, message: description, tone: "wrong" });
    },
    onSettled: () => {
      onSettled();
      void queryClient.invalidateQueries({ queryKey: identity.listAccounts.pathKey() });
    },
  });
  const signOut = useMutation(identity.signOutAccount.mutationOptions());
  const update = useMutation(identity.updateAccount.mutationOptions());
  const remove = useMutation(identity.deleteAccount.mutationOptions());
  return {
    isBusy: signOut.isPending || update.isPending || remove.isPending,
    run: (deed: AccountDeed) => {
      if (deed === "signOut") signOut.mutate({ id }, outcome(deed));
      else if (deed === "delete") remove.mutate({ id }, outcome(deed));
      else update.mutate({ id, state: deed === "enable" ? "ACTIVE" : "DISABLED" }, outcome(deed));
    },
  };
};
