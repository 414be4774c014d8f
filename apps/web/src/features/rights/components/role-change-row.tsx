"use client";
import { Button } from "@mantine/core";
import type { RoleChangeView } from "@maru/api/identity/contract";
import { DateTime } from "@maru/ui/date-time";
import { formatPersonName } from "@maru/ui/person-name/format";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useAccount } from "../../../shell/account";
import { PersonLabel } from "../../../shell/person/person-label";
import { showToast } from "../../../shell/toast/toast-store";
import { useTRPC } from "../../../trpc/client";
import { useRightsChange } from "../hooks/use-rights-change";
import { useNameOf } from "../hooks/use-words";
import classes from "./rights.module.css";

/** One request: for whom, which role, by whom, until when, and what this administrator can do about it. */
export function RoleChangeRow({ change }: { readonly change: RoleChangeView }) {
  const t = useTranslations("rights");
  const locale = useLocale();
  const nameOf = useNameOf();
  const { person: self } = useAccount();
  const trpc = useTRPC();
  const { refresh, tellError } = useRightsChange();
  const decide = useMutation(
    trpc.identity.decideRoleChange.mutationOptions({
      onSuccess: ({ outcome }) => {
        showToast(outcome === "void" ? { title: t("void"), message: t("voidDescription") } : { title: t(outcome), tone: "done" });
        void refresh();
      },
      onError: tellError,
    }),
  );
  const who = () => <PersonLabel person={change.person} honorific strong />;
  const role = () => <b>{nameOf(change.role)}</b>;
  const requester = () => (change.requestedBy ? <PersonLabel person={change.requestedBy} honorific /> : null);
  const when = () => <DateTime iso={change.expiresAt} locale={locale} />;
  const isOwn = change.requestedBy?.id === self.id;
  const named = (action: string) => t("changeNamed", { action, name: formatPersonName(change.person, { locale }) });
  return (
    <li className={classes.row}>
      <div className={classes.grow}>
        <p>{t.rich(change.kind === "GRANT" ? "changeGrant" : "changeTake", { who, role })}</p>
        <p className={classes.muted}>{t.rich("requestedBy", { who: requester, when })}</p>
        {change.can.approve ? null : <p className={classes.muted}>{t("waitsForOther")}</p>}
      </div>
      <div className={classes.actions}>
        {change.can.refuse ? (
          <Button
            variant="default"
            disabled={decide.isPending}
            aria-label={named(t(isOwn ? "withdraw" : "refuse"))}
            onClick={() => decide.mutate({ id: change.id, decision: "REFUSE" })}
          >
            {t(isOwn ? "withdraw" : "refuse")}
          </Button>
        ) : null}
        {change.can.approve ? (
          <Button
            loading={decide.isPending}
            aria-label={named(t("approve"))}
            onClick={() => decide.mutate({ id: change.id, decision: "APPROVE" })}
          >
            {t("approve")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
