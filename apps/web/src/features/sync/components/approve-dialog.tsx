"use client";
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import type { RunView } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { useSyncChange } from "../hooks/use-sync-change";

/** Lets a held run go on: whoever approves types how much that is, so that nobody does it in passing. */
export function ApproveDialog({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync.hold");
  const shell = useTranslations("shell");
  const account = useTranslations("account");
  const { done, failed } = useSyncChange();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [isWrong, setWrong] = useState(false);
  const close = () => {
    setOpen(false);
    setTyped("");
    setWrong(false);
  };
  const approve = useMutation(
    useTRPC().sync.approveRun.mutationOptions({ onSuccess: () => done(t("approved")), onError: failed, onSettled: close }),
  );
  const count = run.heldCount;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isRight = typed.trim().replaceAll(",", "") === String(count);
    setWrong(!isRight);
    if (isRight) approve.mutate({ id: run.id, count });
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("approve")}</Button>
      <Modal opened={isOpen} onClose={close} title={t("approveTitle")} closeButtonProps={{ "aria-label": shell("close") }}>
        <form onSubmit={submit} noValidate>
          <Stack gap={16}>
            <p>{t("approveDescription", { count })}</p>
            <TextInput
              label={t("typeCount")}
              description={t("typeCountDescription", { count })}
              inputMode="numeric"
              autoComplete="off"
              value={typed}
              error={isWrong ? t("countMismatch") : null}
              data-autofocus
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Group justify="flex-end" gap={8}>
              <Button variant="default" onClick={close}>
                {account("cancel")}
              </Button>
              <Button type="submit" color="safflower" loading={approve.isPending}>
                {t("approve")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
