"use client";
import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import type { StandingKind, StandingView } from "@maru/api/directory/contract";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { failureOf } from "../../../trpc/failure";
import { useDeskChange } from "../hooks/use-desk-change";
import classes from "./staff.module.css";

const MAX_NAME = 40;

type StandingDialogProps = { readonly kind: StandingKind; readonly standing: StandingView | null; readonly onClose: () => void };

/** Names a rank, a position or a title, in both languages. */
export function StandingDialog({ kind, standing, onClose }: StandingDialogProps) {
  const t = useTranslations("staff.standings");
  const errors = useTranslations("errors.directory.standingNameTaken");
  const { done, failed } = useDeskChange();
  const [draft, setDraft] = useState({ name: standing?.name ?? "", nameEn: standing?.nameEn ?? "", isMarked: standing?.isMarked ?? false });
  const { mutate, isPending, error } = useMutation(
    useTRPC().directory.saveStanding.mutationOptions({
      onSuccess: () => {
        done(t("saved"));
        onClose();
      },
      onError: (cause) => (failureOf(cause).code === "directory.standingNameTaken" ? undefined : failed(cause)),
    }),
  );
  const isWhole = draft.name.trim() !== "" && draft.nameEn.trim() !== "";
  const isTaken = error && failureOf(error).code === "directory.standingNameTaken";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole && !isPending) mutate({ kind, ...(standing ? { id: standing.id } : {}), ...draft });
  };
  const field = (name: "name" | "nameEn") => ({
    label: t(name),
    required: true,
    maxLength: MAX_NAME,
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <Modal opened onClose={onClose} title={t(standing ? `rename.${kind}` : `add.${kind}`)} closeButtonProps={{ "aria-label": t("cancel") }}>
      <form className={classes.stack} onSubmit={submit} noValidate>
        <TextInput {...field("name")} data-autofocus error={isTaken ? errors("title") : undefined} />
        <TextInput {...field("nameEn")} />
        {kind === "POSITION" ? null : (
          <Checkbox
            label={t(`mark.${kind}`)}
            description={t(`markHint.${kind}`)}
            checked={draft.isMarked}
            onChange={(event) => setDraft({ ...draft, isMarked: event.currentTarget.checked })}
          />
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" disabled={!isWhole} loading={isPending}>
            {t("save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
