"use client";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "../../../account/components/confirm-dialog";

type LeaveDialogProps = { readonly isOpen: boolean; readonly onStay: () => void; readonly onLeave: () => void };

/** Asks before files on their way are given up. The text itself is kept as a draft either way, and the dialog says so. */
export function LeaveDialog({ isOpen, onStay, onLeave }: LeaveDialogProps) {
  const t = useTranslations("board.leave");
  return (
    <ConfirmDialog isOpen={isOpen} title={t("title")} label={t("leave")} cancelLabel={t("stay")} onConfirm={onLeave} onClose={onStay}>
      {t("description")}
    </ConfirmDialog>
  );
}
