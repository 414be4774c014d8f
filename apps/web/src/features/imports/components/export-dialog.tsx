"use client";
import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { type FILE_FORMATS, requestPeopleExportInput } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { DepartmentSelect } from "../../staff/components/department-select";
import { useSyncChange } from "../../sync/hooks/use-sync-change";

type Format = (typeof FILE_FORMATS)[number];

/** Asks which people, in which form, and why: the reason stands in the log with the export. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("imports.export");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const [draft, setDraft] = useState({ format: "XLSX" as Format, q: "", departmentId: null as string | null, reason: "" });
  const [isRefused, setRefused] = useState(false);
  const { done, failed } = useSyncChange();
  const request = useMutation(
    trpc.sync.requestPeopleExport.mutationOptions({
      onSuccess: () => done(t("asked"), t("askedNote")),
      onError: failed,
      onSettled: onClose,
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { q, departmentId, ...rest } = draft;
    const input = requestPeopleExportInput.safeParse({ ...rest, ...(q.trim() ? { q } : {}), ...(departmentId ? { departmentId } : {}) });
    setRefused(!input.success);
    if (input.success) request.mutate(input.data);
  };
  return (
    <Modal opened onClose={onClose} title={t("dialogTitle")} closeButtonProps={{ "aria-label": shell("close") }}>
      <form onSubmit={submit} noValidate>
        <Stack gap={16}>
          <Select
            label={t("format")}
            data={["XLSX", "CSV"]}
            value={draft.format}
            allowDeselect={false}
            onChange={(format) => setDraft({ ...draft, format: (format ?? "XLSX") as Format })}
          />
          <DepartmentSelect
            label={t("department")}
            placeholder={t("everybody")}
            clearLabel={t("everybody")}
            value={draft.departmentId}
            onChange={(departmentId) => setDraft({ ...draft, departmentId })}
          />
          <TextInput
            label={t("q")}
            maxLength={50}
            value={draft.q}
            onChange={(event) => setDraft({ ...draft, q: event.currentTarget.value })}
          />
          <Textarea
            label={t("reason")}
            placeholder={t("reasonExample")}
            value={draft.reason}
            error={isRefused ? t("reasonNeeded") : null}
            maxLength={500}
            autosize
            minRows={2}
            required
            data-autofocus
            onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={request.isPending}>
              {t("ask")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
