"use client";
import { Alert, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import type { StartedGeneratorView } from "@maru/api/factor/contract";
import { IconAlertCircle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import classes from "./generator-dialog.module.css";

type GeneratorDialogProps = {
  readonly started: StartedGeneratorView | null;
  readonly onClose: () => void;
  readonly onDone: (recoveryCodes: readonly string[] | null) => void;
};

/** Shows the secret to the app, once, and asks for its first code. */
export function GeneratorDialog({ started, onClose, onDone }: GeneratorDialogProps) {
  const t = useTranslations("account.security");
  return (
    <Modal opened={started !== null} onClose={onClose} title={t("setUpTitle")} closeButtonProps={{ "aria-label": t("cancel") }}>
      {started ? <Setup started={started} onClose={onClose} onDone={onDone} /> : null}
    </Modal>
  );
}

function Setup({ started, onClose, onDone }: GeneratorDialogProps & { readonly started: StartedGeneratorView }) {
  const t = useTranslations("account.security");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const [code, setCode] = useState("");
  const [wasSent, setSent] = useState(false);
  const confirm = useMutation(trpc.factor.confirmGenerator.mutationOptions({ onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes) }));
  const isMissing = code.trim().length < 6;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!isMissing && !confirm.isPending) confirm.mutate({ code });
  };
  const failure = confirm.error ? errorText(confirm.error) : null;
  const { size, path } = started.picture;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap={16}>
        <p>{t("scan")}</p>
        <svg className={classes.picture} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t("picture")} shapeRendering="crispEdges">
          <path d={path} />
        </svg>
        <p className={classes.key}>
          {t("key")} <code>{started.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
        </p>
        <div role="alert">
          {failure ? (
            <Alert color="safflower" icon={<IconAlertCircle size={20} stroke={1.5} />} title={failure.title}>
              {failure.description}
            </Alert>
          ) : null}
        </div>
        <TextInput
          label={t("code")}
          name="one-time-code"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
          data-autofocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={wasSent && isMissing ? t("codeMissing") : undefined}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={confirm.isPending}>
            {t("confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
