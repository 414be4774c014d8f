"use client";
import { Button } from "@mantine/core";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconLifebuoy } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { useAccountChange } from "../hooks/use-account-change";
import classes from "./account-row.module.css";
import { ConfirmDialog } from "./confirm-dialog";

type RecoveryRowProps = { readonly left: number; readonly onCodes: (codes: readonly string[]) => void };
const FEW = 3;

/** How many recovery codes are left, and new ones. */
export function RecoveryRow({ left, onCodes }: RecoveryRowProps) {
  const t = useTranslations("account.security");
  const trpc = useTRPC();
  const [isAsking, setAsking] = useState(false);
  const { done, failed } = useAccountChange(trpc.factor.listFactors.queryKey());
  const regenerate = useMutation(
    trpc.factor.regenerateRecoveryCodes.mutationOptions({
      onSuccess: ({ recoveryCodes }) => {
        onCodes(recoveryCodes);
        done(t("codesTitle"));
      },
      onError: failed,
    }),
  );
  return (
    <li className={classes.row}>
      <IconLifebuoy size={24} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.name}>
          {t("recovery")}
          <StatusBadge tone={left > FEW ? "neutral" : "caution"} label={t("left", { count: left })} />
        </p>
        <p className={classes.about}>{t("recoveryDescription")}</p>
      </div>
      <Button size="xs" variant="default" loading={regenerate.isPending} onClick={() => setAsking(true)}>
        {t("regenerate")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("regenerateTitle")}
        label={t("regenerate")}
        isBusy={regenerate.isPending}
        onConfirm={() => {
          setAsking(false);
          regenerate.mutate({});
        }}
        onClose={() => setAsking(false)}
      >
        {t("regenerateDescription")}
      </ConfirmDialog>
    </li>
  );
}
