"use client";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

type ConfirmDialogProps = {
  readonly isOpen: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** What the button does that does it. */
  readonly label: string;
  /** What the button does that leaves everything as it is; "cancel" where nothing better is said. */
  readonly cancelLabel?: string;
  readonly isBusy?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** Asks before something ends that can't be taken back. */
export function ConfirmDialog({ isOpen, title, children, label, cancelLabel, isBusy = false, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useTranslations("account");
  const cancel = cancelLabel ?? t("cancel");
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ "aria-label": cancel }}>
      <Stack gap={16}>
        <p>{children}</p>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {cancel}
          </Button>
          <Button color="safflower" loading={isBusy} onClick={onConfirm}>
            {label}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
