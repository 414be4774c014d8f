"use client";
import { Button } from "@mantine/core";
import { StatusBadge } from "@maru/ui/status-badge";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { showToast } from "../../../shell/toast/toast-store";
import { useTRPC } from "../../../trpc/client";
import { useProfileChange } from "../hooks/use-profile-change";
import classes from "./mail-verification.module.css";

/** Whether the mail address is shown to be hers; if not, the mail that does it. */
export function MailVerification() {
  const t = useTranslations("account.profile.mail");
  const trpc = useTRPC();
  const { failed } = useProfileChange();
  const { data } = useQuery(trpc.identity.getMailState.queryOptions({}));
  const { mutate, isPending, isSuccess } = useMutation(
    trpc.identity.requestMailVerification.mutationOptions({
      onSuccess: () => showToast({ title: t("sent"), message: t("sentHint"), tone: "done" }),
      onError: failed,
    }),
  );
  if (!data?.mail) return null;
  if (data.isVerified) return <StatusBadge tone="done" label={t("verified")} />;
  return (
    <div className={classes.row}>
      <StatusBadge tone="caution" label={t("unverified")} />
      <Button size="xs" variant="default" loading={isPending} disabled={isSuccess} onClick={() => mutate({})}>
        {t("verify")}
      </Button>
    </div>
  );
}
