"use client";
import { Alert, Button, Group, Modal, PasswordInput, Stack, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { signOutEverywhere } from "../../../shell/frame/sign-out";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";

/** The way out: told what it means, then asked for the password and for a word that nobody types by a slip. */
export function DeleteAccount() {
  const t = useTranslations("account.profile.delete");
  const account = useTranslations("account");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <p>{t("description")}</p>
      <Button mt={12} variant="default" onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t("open")} closeButtonProps={{ "aria-label": account("cancel") }}>
        <DeleteForm onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function DeleteForm({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("account.profile.delete");
  const account = useTranslations("account");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const [password, setPassword] = useState("");
  const [typed, setTyped] = useState("");
  // Without the cookie too: this page has no session any more.
  const remove = useMutation(trpc.identity.deleteOwnAccount.mutationOptions({ onSuccess: () => void signOutEverywhere() }));
  const word = t("word") === "DELETE" ? "DELETE" : "삭제";
  const refusal = remove.error ? errorText(remove.error) : null;
  const isReady = password !== "" && typed.trim() === word;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !remove.isPending) remove.mutate({ password, confirmation: word });
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap={16}>
        <Alert color="safflower" icon={<IconAlertTriangle size={20} stroke={1.5} />}>
          {t("warning")}
        </Alert>
        <PasswordInput
          label={t("password")}
          autoComplete="current-password"
          maxLength={1_000}
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={refusal ? `${refusal.title}. ${refusal.description}` : undefined}
          visibilityToggleButtonProps={{ "aria-label": t("show"), tabIndex: 0 }}
        />
        <TextInput
          label={t("confirm", { word })}
          autoComplete="off"
          maxLength={20}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {account("cancel")}
          </Button>
          <Button type="submit" color="safflower" disabled={!isReady} loading={remove.isPending}>
            {t("submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
