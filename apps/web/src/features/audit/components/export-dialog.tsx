"use client";
import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { exportEntriesInput, MAX_EXPORTED } from "@maru/api/audit/contract";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { AuditPlace } from "../audit-place";
import { useExport } from "../hooks/use-export";

type ExportDialogProps = { readonly place: AuditPlace; readonly isOpen: boolean; readonly onClose: () => void };

const reasonInput = exportEntriesInput.shape.reason;

/** Asks why, before anything leaves Maru: the reason stands in the log with the export. */
export function ExportDialog({ place, isOpen, onClose }: ExportDialogProps) {
  const t = useTranslations("audit.export");
  const shell = useTranslations("shell");
  const [reason, setReason] = useState("");
  const [isRefused, setRefused] = useState(false);
  const { exportFor, isExporting } = useExport(place, () => {
    setReason("");
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isGood = reasonInput.safeParse(reason).success;
    setRefused(!isGood);
    if (isGood) exportFor(reason);
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("title")} closeButtonProps={{ "aria-label": shell("close") }}>
      <form onSubmit={submit} noValidate>
        <Stack gap={16}>
          <p>{t("description", { max: MAX_EXPORTED })}</p>
          <Textarea
            label={t("reason")}
            placeholder={t("reasonExample")}
            value={reason}
            error={isRefused ? t("reasonNeeded") : null}
            maxLength={500}
            autosize
            minRows={3}
            required
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={isExporting}>
              {t("submit")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
