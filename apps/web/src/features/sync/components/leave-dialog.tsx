"use client";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "../../account/components/confirm-dialog";

type LeaveDialogProps = { readonly isOpen: boolean; readonly onStay: () => void; readonly onLeave: () => void };

/** Asks before settings that were changed and not saved are given up. */
export function LeaveDialog({ isOpen, onStay, onLeave }: LeaveDialogProps) {
  const t = useTranslations("sync.source");
  return (
    <ConfirmDialog isOpen={isOpen} title={t("leaveTitle")} label={t("leave")} cancelLabel={t("stay")} onConfirm={onLeave} onClose={onStay}>
      {t("leaveDescription")}
    </ConfirmDialog>
  );
}
