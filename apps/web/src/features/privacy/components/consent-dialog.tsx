"use client";
import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import type { ConsentView } from "@maru/api/privacy/contract";
import { IconAlertCircle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { useText } from "../hooks/use-text";
import { DocumentText } from "./document-text";
import classes from "./privacy.module.css";

type ConsentDialogProps = { readonly documents: readonly ConsentView[]; readonly onLater: () => void };

/** Asks for consent, over the page, which stays as it is: whoever was writing writes on behind it. */
export function ConsentDialog({ documents, onLater }: ConsentDialogProps) {
  const t = useTranslations("privacy.dialog");
  return (
    <Modal opened onClose={onLater} title={t("title")} closeButtonProps={{ "aria-label": t("later") }} size="lg">
      <Questions documents={documents} onLater={onLater} />
    </Modal>
  );
}

function Questions({ documents, onLater }: ConsentDialogProps) {
  const t = useTranslations("privacy.dialog");
  const words = useTranslations("privacy.consents");
  const { privacy } = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const textOf = useText();
  const readAgain = () => void queryClient.invalidateQueries({ queryKey: privacy.listConsents.queryKey() });
  const { mutate, isPending, error } = useMutation(privacy.giveConsents.mutationOptions({ onSuccess: readAgain, onError: readAgain }));
  const failure = error ? errorText(error) : null;
  return (
    <Stack gap={16}>
      <p>{t("description")}</p>
      <div role="alert">
        {failure ? (
          <Alert color="safflower" icon={<IconAlertCircle size={20} stroke={1.5} />} title={failure.title}>
            {failure.description}
          </Alert>
        ) : null}
      </div>
      {documents.map((document) => (
        <div key={document.id}>
          <p className={classes.name}>
            {textOf(document).title} <span className={classes.about}>{words("version", { version: document.version })}</span>
          </p>
          <DocumentText document={document} />
        </div>
      ))}
      <p className={classes.about}>{t("laterNote")}</p>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onLater}>
          {t("later")}
        </Button>
        <Button loading={isPending} onClick={() => mutate({ documentIds: documents.map(({ id }) => id) })}>
          {t("agree")}
        </Button>
      </Group>
    </Stack>
  );
}
