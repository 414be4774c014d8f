"use client";
import { Alert, Button, Group, Modal, PasswordInput, Stack } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/client";
import type { PasswordQuestion } from "../../trpc/password-question";
import { useErrorText } from "../use-error-text";
import { PasskeyConfirmation } from "./passkey-confirmation";

/** Asks for the password, over the page that needs it. */
export function PasswordFormDialog({ question }: { readonly question: PasswordQuestion }) {
  const t = useTranslations("shell.passwordQuestion");
  return (
    <Modal opened onClose={() => question.answer(false)} title={t("title")} closeButtonProps={{ "aria-label": t("cancel") }}>
      <PasswordForm question={question} />
    </Modal>
  );
}

function PasswordForm({ question }: { readonly question: PasswordQuestion }) {
  const t = useTranslations("shell.passwordQuestion");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<unknown>(null);
  const confirm = useMutation(
    trpc.identity.confirmPassword.mutationOptions({ onSuccess: () => question.answer(true), onError: setFailure }),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    // The form stands inside the page of another one: what is sent here is this one alone.
    event.stopPropagation();
    if (password !== "" && !confirm.isPending) confirm.mutate({ password });
  };
  const text = failure ? errorText(failure) : null;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap={16}>
        <p>{t("description")}</p>
        <div role="alert">
          {text ? (
            <Alert color="safflower" icon={<IconAlertCircle size={20} stroke={1.5} />} title={text.title}>
              {text.description}
            </Alert>
          ) : null}
        </div>
        <PasswordInput
          label={t("password")}
          name="current-password"
          autoComplete="current-password"
          maxLength={1_000}
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("show"), tabIndex: 0 }}
        />
        <Group justify="flex-end" gap={8}>
          <PasskeyConfirmation onDone={() => question.answer(true)} onFailed={setFailure} />
          <Button variant="default" onClick={() => question.answer(false)}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={confirm.isPending} disabled={password === ""}>
            {t("confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
