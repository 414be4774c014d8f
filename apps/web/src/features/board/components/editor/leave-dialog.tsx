"use client";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";

type LeaveDialogProps = { readonly isOpen: boolean; readonly onStay: () => void; readonly onLeave: () => void };

/** Asks before files on their way are given up. The text itself is kept as a draft either way, and the dialog says so. */
export const LeaveDialog = ({ isOpen, onStay, onLeave }: LeaveDialogProps) => {
  const t = useTranslations("board.leave");
  return (
    <Modal opened={isOpen} onClose={onStay} title={t("title")} closeButtonProps={{ "aria-label": t("stay") }}>
      <Stack gap={16}>
        <p>{t("description")}</p>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onStay} data-autofocus>
            {t("stay")}
          </Button>
          <Button color="safflower" onClick={onLeave}>
            {t("leave")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
