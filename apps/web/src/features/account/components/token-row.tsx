"use client";
import { Button } from "@mantine/core";
import type { PersonalTokenView } from "@maru/api/identity/contract";
import { DateTime } from "@maru/ui/date-time";
import { IconKey } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useScopeName } from "../hooks/use-scope-name";
import classes from "./account-row.module.css";

type TokenRowProps = { readonly token: PersonalTokenView; readonly onRevoke: () => void };

/** One token: what it may do, until when, and when it was used. */
export function TokenRow({ token, onRevoke }: TokenRowProps) {
  const t = useTranslations("account.tokens");
  const locale = useLocale();
  const scopeName = useScopeName();
  return (
    <li className={classes.row}>
      <IconKey size={24} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.name}>{token.name}</p>
        <p className={classes.about}>{token.scopes.map(scopeName).join(" · ")}</p>
        <p className={classes.about}>
          {t("expires")} <DateTime iso={token.expiresAt} locale={locale} form="date" />
          {" · "}
          {token.lastUsedAt ? (
            <>
              {t("lastUsed")} <DateTime iso={token.lastUsedAt} locale={locale} form="relative" />
              {token.lastAddress ? ` (${token.lastAddress})` : ""}
            </>
          ) : (
            t("neverUsed")
          )}
        </p>
      </div>
      <Button size="xs" variant="default" aria-label={t("revokeNamed", { name: token.name })} onClick={onRevoke}>
        {t("revoke")}
      </Button>
    </li>
  );
}
