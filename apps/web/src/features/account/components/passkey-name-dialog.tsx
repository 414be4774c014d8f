"use client";
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import type { PasskeyView } from "@maru/api/factor/contract";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

type PasskeyNameDialogProps = {
  /** The passkey whose name is changed, or a new one. */
  readonly naming: PasskeyView | "new" | null;
  readonly onSave: (name: string) => void;
  readonly onClose: () => void;
};

/** Asks under which name a passkey shall stand in the list. */
export function PasskeyNameDialog({ naming, onSave, onClose }: PasskeyNameDialogProps) {
  const t = useTranslations("account.security");
  const isNew = naming === "new";
  return (
    <Modal
      opened={naming !== null}
      onClose={onClose}
      title={t(isNew ? "addPasskey" : "rename")}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      {naming ? <NameForm before={isNew ? "" : naming.name} label={t(isNew ? "make" : "save")} onSave={onSave} onClose={onClose} /> : null}
    </Modal>
  );
}

type NameFormProps = Pick<PasskeyNameDialogProps, "onSave" | "onClose"> & { readonly before: string; readonly label: string };

function NameForm({ before, label, onSave, onClose }: NameFormProps) {
  const t = useTranslations("account.security");
  const [name, setName] = useState(before);
  const [wasSent, setSent] = useState(false);
  const isMissing = name.trim() === "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!isMissing) onSave(name.trim());
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap={16}>
        <TextInput
          label={t("passkeyName")}
          description={t("passkeyNameHint")}
          maxLength={60}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wasSent && isMissing ? t("nameMissing") : undefined}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit">{label}</Button>
        </Group>
      </Stack>
    </form>
  );
}
