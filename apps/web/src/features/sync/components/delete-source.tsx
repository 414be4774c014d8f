"use client";
import { Button } from "@mantine/core";
import type { SourceView } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { ConfirmDialog } from "../../account/components/confirm-dialog";
import { useSyncChange } from "../hooks/use-sync-change";

/** Forgets a source, once somebody has read what that means. */
export function DeleteSource({ source }: { readonly source: SourceView }) {
  const t = useTranslations("sync.source");
  const router = useRouter();
  const { done, failed } = useSyncChange();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    useTRPC().sync.deleteSource.mutationOptions({
      onSuccess: () => {
        router.replace("/admin/sync");
        done(t("deleted"), source.name);
      },
      onError: failed,
      onSettled: () => setAsking(false),
    }),
  );
  return (
    <>
      <Button variant="subtle" color="safflower" onClick={() => setAsking(true)}>
        {t("delete")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("deleteTitle")}
        label={t("delete")}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ id: source.id })}
        onClose={() => setAsking(false)}
      >
        {t("deleteDescription")}
      </ConfirmDialog>
    </>
  );
}
