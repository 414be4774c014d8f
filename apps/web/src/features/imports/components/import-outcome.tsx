"use client";
import { Alert, Button, Progress } from "@mantine/core";
import type { ImportView, RunView } from "@maru/api/sync/contract";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import { ConfirmDialog } from "../../account/components/confirm-dialog";
import { useSyncChange } from "../../sync/hooks/use-sync-change";
import { isUnderWay, useWords } from "../../sync/hooks/use-words";
import classes from "./imports.module.css";

type Named = "preview" | "run" | "undo";
/** What an import is about now: its last run. */
export const lastOf = ({ preview, run, undo }: ImportView): Named | null => (undo ? "undo" : run ? "run" : preview ? "preview" : null);

/** How the last run of an import goes or came out, and what can be done about it. */
export function ImportOutcome({ view }: { readonly view: ImportView }) {
  const t = useTranslations("imports.outcome");
  const { failure } = useWords();
  const name = lastOf(view);
  const run = name && view[name];
  if (!name || !run) return null;
  const wrong = run.counts.CONFLICT ?? 0;
  return (
    <PortletCard title={t(`titles.${name}`)}>
      <div className={classes.stack}>
        <div role="status">
          {isUnderWay(run) ? <Working run={run} /> : null}
          {run.state === "DONE" ? (
            <p className={classes.lead}>{t(`done.${name}`, { count: name === "preview" ? run.total : run.done, wrong })}</p>
          ) : null}
          {run.state === "FAILED" ? (
            <Alert color="safflower" title={failure(run.failure ?? "").title}>
              {failure(run.failure ?? "").description}
            </Alert>
          ) : null}
        </div>
        <div className={classes.actions}>
          {view.can.apply ? <Apply view={view} /> : null}
          {view.can.undo ? <Undo view={view} /> : null}
        </div>
      </div>
    </PortletCard>
  );
}

function Working({ run: { state, done, total } }: { readonly run: RunView }) {
  const t = useTranslations("imports.outcome");
  const isCounted = state === "APPLYING" || state === "LINKING";
  const text = isCounted ? t("applying", { done, total }) : t("reading", { done });
  return (
    <>
      <Progress.Root size="md">
        <Progress.Section
          value={isCounted && total > 0 ? (100 * done) / total : 5}
          aria-label={t("working")}
          aria-valuetext={text}
          className={classes.progress}
        />
      </Progress.Root>
      <p className={classes.lead}>{text}</p>
    </>
  );
}

function Apply({ view }: { readonly view: ImportView }) {
  const t = useTranslations("imports.outcome");
  const { failed, refresh } = useSyncChange();
  const [isAsking, setAsking] = useState(false);
  const apply = useMutation(
    useTRPC().sync.applyImport.mutationOptions({ onSuccess: refresh, onError: failed, onSettled: () => setAsking(false) }),
  );
  const count = view.preview?.total ?? 0;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("apply", { count })}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("applyTitle")}
        label={t("apply", { count })}
        isBusy={apply.isPending}
        onConfirm={() => apply.mutate({ id: view.id })}
        onClose={() => setAsking(false)}
      >
        {t("applyNote", { count, wrong: view.preview?.counts.CONFLICT ?? 0 })}
      </ConfirmDialog>
    </>
  );
}

function Undo({ view }: { readonly view: ImportView }) {
  const t = useTranslations("imports.outcome");
  const { failed, refresh } = useSyncChange();
  const [isAsking, setAsking] = useState(false);
  const undo = useMutation(
    useTRPC().sync.undoImport.mutationOptions({ onSuccess: refresh, onError: failed, onSettled: () => setAsking(false) }),
  );
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("undo")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("undoTitle")}
        label={t("undo")}
        isBusy={undo.isPending}
        onConfirm={() => undo.mutate({ id: view.id })}
        onClose={() => setAsking(false)}
      >
        {t("undoNote")}
      </ConfirmDialog>
    </>
  );
}
