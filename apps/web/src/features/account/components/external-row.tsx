"use client";
import { Button } from "@mantine/core";
import type { ExternalIdentityView, ProviderName } from "@maru/api/federation/contract";
import { DateTime } from "@maru/ui/date-time";
import { useLocale, useTranslations } from "next-intl";
import { ProviderIcon } from "../../../shell/provider-icon";
import classes from "./account-row.module.css";

type ExternalRowProps = {
  readonly provider: ProviderName;
  /** Null where the account is not linked with it. */
  readonly identity: ExternalIdentityView | null;
  /** It is set up here. */
  readonly isHere: boolean;
  readonly isBusy: boolean;
  readonly onLink: () => void;
  readonly onUnlink: (identity: ExternalIdentityView) => void;
};

/** One other service: who one is there, and since when it opens the door. */
export function ExternalRow({ provider, identity, isHere, isBusy, onLink, onUnlink }: ExternalRowProps) {
  const t = useTranslations("account.external");
  const locale = useLocale();
  const name = t(provider);
  return (
    <li className={classes.row}>
      <ProviderIcon provider={provider} size={24} className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.name}>{name}</p>
        <p className={classes.about}>
          {identity ? (
            <>
              {identity.label === null ? null : `${identity.label} · `}
              {t("linkedAt")} <DateTime iso={identity.linkedAt} locale={locale} />
              {" · "}
              {identity.lastUsedAt === null ? (
                t("neverUsed")
              ) : (
                <>
                  {t("lastUsed")} <DateTime iso={identity.lastUsedAt} locale={locale} form="relative" />
                </>
              )}
              {isHere ? null : ` · ${t("notHere")}`}
            </>
          ) : (
            t("notLinked")
          )}
        </p>
      </div>
      {identity ? (
        <Button size="xs" variant="default" aria-label={t("unlinkNamed", { provider: name })} onClick={() => onUnlink(identity)}>
          {t("unlink")}
        </Button>
      ) : (
        <Button size="xs" variant="default" disabled={isBusy} aria-label={t("linkNamed", { provider: name })} onClick={onLink}>
          {t("link")}
        </Button>
      )}
    </li>
  );
}
