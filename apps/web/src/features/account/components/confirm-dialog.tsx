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
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** Asks before something ends that can't be taken back. */
export function ConfirmDialog({ isOpen, title, children, label, isBusy, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useTranslations("account");
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("cancel") }}>
      <Stack gap={16}>
        <p>{children}</p>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("cancel")}
          </Button>
          <Button color="safflower" loading={isBusy} onClick={onConfirm}>
            {label}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
