"use client";
import { Button } from "@mantine/core";
import type { StartedGeneratorView } from "@maru/api/factor/contract";
import { DateTime } from "@maru/ui/date-time";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconDeviceMobile } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { useAccountChange } from "../hooks/use-account-change";
import classes from "./account-row.module.css";
import { ConfirmDialog } from "./confirm-dialog";
import { GeneratorDialog } from "./generator-dialog";

type GeneratorRowProps = { readonly since: string | null; readonly onCodes: (codes: readonly string[]) => void };

/** The app that makes codes: set up, or taken away. */
export function GeneratorRow({ since, onCodes }: GeneratorRowProps) {
  const t = useTranslations("account.security");
  const locale = useLocale();
  const trpc = useTRPC();
  const [started, setStarted] = useState<StartedGeneratorView | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { done, failed } = useAccountChange(trpc.factor.listFactors.queryKey());
  const start = useMutation(trpc.factor.startGenerator.mutationOptions({ onSuccess: setStarted, onError: failed }));
  const remove = useMutation(trpc.factor.removeGenerator.mutationOptions({ onSuccess: () => done(t("removed")), onError: failed }));
  return (
    <li className={classes.row}>
      <IconDeviceMobile size={24} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.name}>
          {t("generator")}
          {since ? <StatusBadge tone="done" label={t("on")} /> : null}
        </p>
        <p className={classes.about}>
          {since ? (
            <>
              {t("generatorOn")} <DateTime iso={since} locale={locale} />
            </>
          ) : (
            t("generatorOff")
          )}
        </p>
      </div>
      {since ? (
        <Button size="xs" variant="default" loading={remove.isPending} onClick={() => setAsking(true)}>
          {t("remove")}
        </Button>
      ) : (
        <Button size="xs" loading={start.isPending} onClick={() => start.mutate({})}>
          {t("setUp")}
        </Button>
      )}
      <GeneratorDialog
        started={started}
        onClose={() => setStarted(null)}
        onDone={(codes) => {
          setStarted(null);
          if (codes) onCodes(codes);
          done(t("added"));
        }}
      />
      <ConfirmDialog
        isOpen={isAsking}
        title={t("removeGeneratorTitle")}
        label={t("remove")}
        isBusy={remove.isPending}
        onConfirm={() => {
          setAsking(false);
          remove.mutate({});
        }}
        onClose={() => setAsking(false)}
      >
        {t("removeGeneratorDescription")}
      </ConfirmDialog>
    </li>
  );
}
