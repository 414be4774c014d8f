"use client";
import { Button } from "@mantine/core";
import type { ApiClientView } from "@maru/api/identity/contract";
import { DateTime } from "@maru/ui/date-time";
import { IconPlugConnected } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { PersonLabel } from "../../../shell/person/person-label";
import { useScopeName } from "../../account/hooks/use-scope-name";
import classes from "./account-row.module.css";

/** A client: in whose name it acts, what it may do, and when it was used. */
export function ApiClientRow({ client, onRevoke }: { readonly client: ApiClientView; readonly onRevoke: () => void }) {
  const t = useTranslations("accounts.clients");
  const locale = useLocale();
  const scopeName = useScopeName();
  return (
    <li className={classes.row}>
      <IconPlugConnected size={24} stroke={1.5} aria-hidden />
      <div className={classes.words}>
        <p className={classes.name}>
          <strong>{client.name}</strong>
          <PersonLabel person={client.person} />
        </p>
        <p className={classes.about}>{client.clientId}</p>
        <p className={classes.about}>{client.scopes.map(scopeName).join(" · ")}</p>
        <p className={classes.about}>
          {client.lastUsedAt ? (
            <>
              {t("lastUsed")} <DateTime iso={client.lastUsedAt} locale={locale} form="relative" />
            </>
          ) : (
            t("neverUsed")
          )}
        </p>
      </div>
      <Button size="xs" variant="default" aria-label={t("revokeNamed", { name: client.name })} onClick={onRevoke}>
        {t("revoke")}
      </Button>
    </li>
  );
}
