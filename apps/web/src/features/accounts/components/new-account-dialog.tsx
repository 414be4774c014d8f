"use client";
import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { PersonSelect } from "../../../shell/person/person-select";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";

type NewAccountDialogProps = { readonly isOpen: boolean; readonly onClose: () => void };

/** Asks who shall get an account, somebody whom the directory knows or somebody new, and under which user name. */
export function NewAccountDialog({ isOpen, onClose }: NewAccountDialogProps) {
  const t = useTranslations("accounts.make");
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("title")} closeButtonProps={{ "aria-label": t("cancel") }}>
      <NewAccountForm onClose={onClose} />
    </Modal>
  );
}

const EMPTY = { isNew: true, personId: null as string | null, name: "", nameEn: "", email: "", employeeNo: "", username: "" };
type Draft = typeof EMPTY;

const inputOf = ({ isNew, personId, name, nameEn, email, employeeNo, username }: Draft) => {
  if (!isNew) return { username, personId: personId ?? undefined };
  const optional = Object.entries({ nameEn, email, employeeNo }).filter(([, value]) => value.trim() !== "");
  return { username, person: { name, ...Object.fromEntries(optional) } };
};

function NewAccountForm({ onClose }: Pick<NewAccountDialogProps, "onClose">) {
  const t = useTranslations("accounts.make");
  const [draft, setDraft] = useState(EMPTY);
  const [wasSent, setSent] = useState(false);
  const { make, isMaking } = useMake(onClose);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const isMissing = { username: draft.username.trim() === "", who: draft.isNew ? draft.name.trim() === "" : draft.personId === null };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!isMissing.username && !isMissing.who && !isMaking) make(inputOf(draft));
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap={16}>
        <SegmentedControl
          fullWidth
          aria-label={t("who")}
          value={draft.isNew ? "new" : "known"}
          onChange={(value) => set({ isNew: value === "new" })}
          data={[
            { value: "new", label: t("newPerson") },
            { value: "known", label: t("knownPerson") },
          ]}
        />
        {draft.isNew ? (
          <NewPersonFields draft={draft} onChange={set} isNameMissing={wasSent && isMissing.who} />
        ) : (
          <PersonSelect
            label={t("person")}
            value={draft.personId}
            onChange={(personId) => set({ personId })}
            error={wasSent && isMissing.who ? t("personMissing") : undefined}
          />
        )}
        <TextInput
          label={t("username")}
          description={t("usernameHint")}
          maxLength={60}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={draft.username}
          onChange={(event) => set({ username: event.currentTarget.value })}
          error={wasSent && isMissing.username ? t("usernameMissing") : undefined}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={isMaking}>
            {t("submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type NewPersonFieldsProps = {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly isNameMissing: boolean;
};

function NewPersonFields({ draft, onChange, isNameMissing }: NewPersonFieldsProps) {
  const t = useTranslations("accounts.make");
  const field = (name: "name" | "nameEn" | "email" | "employeeNo", maxLength: number) => ({
    label: t(name),
    maxLength,
    autoComplete: "off",
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <TextInput {...field("name", 60)} data-autofocus error={isNameMissing ? t("nameMissing") : undefined} />
      <TextInput {...field("nameEn", 60)} />
      <TextInput {...field("email", 200)} type="email" />
      <TextInput {...field("employeeNo", 40)} />
    </>
  );
}

const useMake = (onDone: () => void) => {
  const t = useTranslations("accounts.make");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const { mutate, isPending } = useMutation(
    trpc.identity.createAccount.mutationOptions({
      onSuccess: ({ person }) => {
        onDone();
        showToast({ title: t("done"), message: person.name, tone: "done" });
        void queryClient.invalidateQueries({ queryKey: trpc.identity.listAccounts.pathKey() });
      },
      onError: (error) => {
        const { title, description } = errorText(error);
        showToast({ title, message: description, tone: "wrong" });
      },
    }),
  );
  return { make: mutate, isMaking: isPending };
};
