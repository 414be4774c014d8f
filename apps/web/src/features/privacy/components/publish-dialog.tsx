"use client";
import { Alert, Button, Checkbox, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import type { DocumentKind, DocumentView } from "@maru/api/privacy/contract";
import { IconAlertCircle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { usePrivacyChange } from "../hooks/use-privacy-change";

const TITLES = [
  { field: "title", label: "titleKo" },
  { field: "titleEn", label: "titleEn" },
] as const;
const BODIES = [
  { field: "body", label: "bodyKo" },
  { field: "bodyEn", label: "bodyEn" },
] as const;
const FIELDS = [...TITLES, ...BODIES].map(({ field }) => field);
type Field = (typeof FIELDS)[number];

type PublishDialogProps = {
  readonly kind: DocumentKind;
  /** The version that holds now, from which the next one starts. */
  readonly current: DocumentView | undefined;
  readonly onClose: () => void;
};

/** Writes the next version of a text, in both languages. It starts from the one that holds now. */
export function PublishDialog({ kind, current, onClose }: PublishDialogProps) {
  const t = useTranslations("privacy.documents");
  const [draft, setDraft] = useState<Record<Field, string>>({
    title: current?.title ?? t(`kinds.${kind}`),
    titleEn: current?.titleEn ?? "",
    body: current?.body ?? "",
    bodyEn: current?.bodyEn ?? "",
  });
  const [isRequired, setRequired] = useState(current?.isRequired ?? kind !== "NEWS");
  const [wasSent, setSent] = useState(false);
  const { done } = usePrivacyChange();
  const { mutate, isPending, error } = useMutation(
    useTRPC().privacy.publishDocument.mutationOptions({
      onSuccess: () => {
        done(t("form.done"));
        onClose();
      },
    }),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (FIELDS.some((field) => draft[field].trim() === "") || isPending) return;
    mutate({ kind, baseVersion: current?.version ?? 0, isRequired, ...draft });
  };
  const propsOf = (field: Field) => ({
    value: draft[field],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => setDraft({ ...draft, [field]: event.currentTarget.value }),
    error: wasSent && draft[field].trim() === "" ? t("form.missing") : undefined,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t("form.title", { kind: t(`kinds.${kind}`), version: (current?.version ?? 0) + 1 })}
      closeButtonProps={{ "aria-label": t("form.cancel") }}
    >
      <form onSubmit={send} noValidate>
        <Stack gap={16}>
          <Failure error={error} />
          {TITLES.map(({ field, label }) => (
            <TextInput key={field} label={t(`form.${label}`)} maxLength={100} {...propsOf(field)} />
          ))}
          {BODIES.map(({ field, label }) => (
            <Textarea key={field} label={t(`form.${label}`)} rows={8} maxLength={50_000} {...propsOf(field)} />
          ))}
          <Checkbox
            label={t("form.isRequired")}
            description={t("form.isRequiredNote")}
            checked={isRequired}
            onChange={(event) => setRequired(event.currentTarget.checked)}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t("form.cancel")}
            </Button>
            <Button type="submit" loading={isPending}>
              {t("form.submit")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Failure({ error }: { readonly error: unknown }) {
  const errorText = useErrorText();
  const failure = error ? errorText(error) : null;
  return (
    <div role="alert">
      {failure ? (
        <Alert color="safflower" icon={<IconAlertCircle size={20} stroke={1.5} />} title={failure.title}>
          {failure.description}
        </Alert>
      ) : null}
    </div>
  );
}
