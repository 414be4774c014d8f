"use client";
import { Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import type { SourceView } from "@maru/api/sync/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useStartRun } from "../hooks/use-start-run";

/** Asks before a run changes people: how much it reads, and what will keep it from going too far. */
export function RunDialog({ source, onClose }: { readonly source: SourceView | null; readonly onClose: () => void }) {
  const t = useTranslations("sync.sources");
  const shell = useTranslations("shell");
  const account = useTranslations("account");
  const [isFull, setFull] = useState(false);
  const { start, isStarting } = useStartRun();
  return (
    <Modal opened={source !== null} onClose={onClose} title={t("runTitle")} closeButtonProps={{ "aria-label": shell("close") }}>
      <Stack gap={16}>
        <p>{t("runDescription", { name: source?.name ?? "" })}</p>
        {source?.needsPreview ? (
          <p>{t("runScopeNew")}</p>
        ) : (
          <Checkbox
            label={t("full")}
            description={t("fullDescription")}
            checked={isFull}
            onChange={(event) => setFull(event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {account("cancel")}
          </Button>
          <Button
            data-autofocus
            loading={isStarting}
            onClick={() => source && start({ sourceId: source.id, isDryRun: false, isFull: isFull || source.needsPreview })}
          >
            {t("run")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
