"use client";
import { Button } from "@mantine/core";
import type { PasskeyView } from "@maru/api/factor/contract";
import { DateTime } from "@maru/ui/date-time";
import { IconFingerprint } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import classes from "./account-row.module.css";

type PasskeyRowProps = { readonly passkey: PasskeyView; readonly onRename: () => void; readonly onRemove: () => void };

/** One passkey: its name, and when it was used. */
export function PasskeyRow({ passkey: { name, createdAt, lastUsedAt }, onRename, onRemove }: PasskeyRowProps) {
  const t = useTranslations("account.security");
  const locale = useLocale();
  return (
    <li className={classes.row}>
      <IconFingerprint size={24} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.name}>{name}</p>
        <p className={classes.about}>
          {t("createdAt")} <DateTime iso={createdAt} locale={locale} />
          {" · "}
          {lastUsedAt ? (
            <>
              {t("lastUsed")} <DateTime iso={lastUsedAt} locale={locale} form="relative" />
            </>
          ) : (
            t("neverUsed")
          )}
        </p>
      </div>
      <Button size="xs" variant="default" aria-label={t("renameNamed", { name })} onClick={onRename}>
        {t("rename")}
      </Button>
      <Button size="xs" variant="default" aria-label={t("removeNamed", { name })} onClick={onRemove}>
        {t("remove")}
      </Button>
    </li>
  );
}
