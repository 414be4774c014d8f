"use client";
import { Button } from "@mantine/core";
import type { ClaimantView, ItemView } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { ConfirmDialog } from "../../account/components/confirm-dialog";
import { useSyncChange } from "../hooks/use-sync-change";
import classes from "./sync.module.css";

type LinkClaimantProps = { readonly runId: string; readonly item: ItemView; readonly claimant: ClaimantView };

const WHAT_HAPPENS = ["fields", "password", "leaving", "kept"] as const;

/** Somebody of Maru who may be whom a directory's entry means: whoever knows that she is links them, once she has read what that does. */
export function LinkClaimant({ runId, item: { seq, label }, claimant }: LinkClaimantProps) {
  const t = useTranslations("sync.items.link");
  const { done, failed } = useSyncChange();
  const [isAsking, setAsking] = useState(false);
  const { personId, name, username, departmentName, by } = claimant;
  const link = useMutation(
    useTRPC().sync.linkPerson.mutationOptions({
      onSuccess: () => done(t("done", { name }), t("doneDescription")),
      onError: failed,
      onSettled: () => setAsking(false),
    }),
  );
  const facts = [username, departmentName, ...by.map((field) => t(`by.${field}`))].filter((fact) => fact !== null);
  return (
    <div className={classes.claimant}>
      <span>
        <Link href={`/people/${personId}`} prefetch={false}>
          {name}
        </Link>{" "}
        <span className={classes.muted}>{facts.join(" · ")}</span>
      </span>
      <Button variant="default" size="compact-sm" aria-label={t("actionFor", { name })} onClick={() => setAsking(true)}>
        {t("action")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("title", { name })}
        label={t("confirm")}
        isBusy={link.isPending}
        onConfirm={() => link.mutate({ runId, seq, personId })}
        onClose={() => setAsking(false)}
      >
        {t("description", { entry: label, name })}
        {WHAT_HAPPENS.map((what) => (
          <span key={what} className={classes.consequence}>
            {t(what)}
          </span>
        ))}
      </ConfirmDialog>
    </div>
  );
}
