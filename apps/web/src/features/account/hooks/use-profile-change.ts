"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";

/** What every change of the profile does afterwards: it is said, and the frame is drawn anew, because it shows the person too. */
export const useProfileChange = () => {
  const t = useTranslations("account.profile");
  const trpc = useTRPC();
  const router = useRouter();
  const errorText = useErrorText();
  const saved = () => {
    showToast({ title: t("saved"), tone: "done" });
    router.refresh();
  };
  const failed = (error: unknown) => {
    const { title, description } = errorText(error);
    showToast({ title, message: description, tone: "wrong" });
  };
  const { mutate, isPending } = useMutation(trpc.identity.updateProfile.mutationOptions({ onSuccess: saved, onError: failed }));
  return { save: mutate, isSaving: isPending, saved, failed };
};
