"use client";
import { Button } from "@mantine/core";
import type { AccountRowView } from "@maru/api/identity/contract";
import { DateTime } from "@maru/ui/date-time";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { StatusBadge, type StatusTone } from "@maru/ui/status-badge";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { PersonLabel } from "../../../shell/person/person-label";
import { ConfirmDialog } from "../../account/components/confirm-dialog";
import { type AccountDeed, useAccountDeed } from "../hooks/use-account-deed";
import classes from "./account-row.module.css";

const TONES: Readonly<Record<AccountRowView["status"], StatusTone>> = {
  active: "done",
  waiting: "progress",
  disabled: "neutral",
  leaving: "caution",
};

/** What can be done with an account as it stands. */
const deedsOf = ({ status, can }: AccountRowView): readonly AccountDeed[] => {
  if (!can.close) return ["signOut"];
  if (status === "disabled") return ["enable", "delete"];
  return status === "leaving" ? ["enable"] : ["signOut", "disable", "delete"];
};

/** An account: whose it is, what has become of it, and what can be done. */
export function AccountRow({ account }: { readonly account: AccountRowView }) {
  const t = useTranslations("accounts");
  const locale = useLocale();
  const { person, username, status, lastSignInAt, eraseAfter } = account;
  return (
    <li className={classes.row}>
      <PersonAvatar person={person} size={36} />
      <div className={classes.words}>
        <p className={classes.name}>
          <PersonLabel person={person} withDepartment strong />
          <StatusBadge tone={TONES[status]} label={t(`status.${status}`)} />
        </p>
        <p className={classes.about}>
          {username}
          {" · "}
          {lastSignInAt ? (
            <>
              {t("lastSignIn")} <DateTime iso={lastSignInAt} locale={locale} form="relative" />
            </>
          ) : (
            t("neverSignedIn")
          )}
          {eraseAfter ? (
            <>
              {" · "}
              {t("erasedFrom")} <DateTime iso={eraseAfter} locale={locale} form="date" />
            </>
          ) : null}
        </p>
      </div>
      <Deeds account={account} />
    </li>
  );
}

function Deeds({ account }: { readonly account: AccountRowView }) {
  const t = useTranslations("accounts");
  const [asking, setAsking] = useState<AccountDeed | null>(null);
  const { run, isBusy } = useAccountDeed(account, () => setAsking(null));
  const values = { name: account.person.name };
  return (
    <div className={classes.deeds}>
      {deedsOf(account).map((deed) => (
        <Button
          key={deed}
          size="xs"
          variant="default"
          aria-label={t("deedNamed", { deed: t(`deeds.${deed}.label`), name: account.person.name })}
          onClick={() => setAsking(deed)}
        >
          {t(`deeds.${deed}.label`)}
        </Button>
      ))}
      <ConfirmDialog
        isOpen={asking !== null}
        title={asking ? t(`deeds.${asking}.title`, values) : ""}
        label={asking ? t(`deeds.${asking}.label`) : ""}
        isBusy={isBusy}
        onConfirm={() => asking && run(asking)}
        onClose={() => setAsking(null)}
      >
        {asking ? t(`deeds.${asking}.description`, values) : null}
      </ConfirmDialog>
    </div>
  );
}
