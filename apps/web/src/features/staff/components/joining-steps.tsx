"use client";
import type { StaffDetailView } from "@maru/api/directory/contract";
import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useAccount } from "../../../shell/account";
import { PortletCard } from "../../../shell/portlet-card";
import classes from "./staff.module.css";

/** What is done and what is left to do for somebody who has just been taken in, and what each of it means for her. */
export function JoiningSteps({ detail }: { readonly detail: StaffDetailView }) {
  const t = useTranslations("staff.joining");
  const { permissions } = useAccount();
  const steps = [
    { key: "listed", isDone: true },
    { key: "placed", isDone: detail.places.length > 0 },
    { key: "managed", isDone: detail.manager !== null },
  ];
  return (
    <PortletCard title={t("title")}>
      <ul className={classes.consequences}>
        {steps.map(({ key, isDone }) => {
          const Sign = isDone ? IconCircleCheck : IconCircle;
          return (
            <li key={key} className={classes.consequence}>
              <Sign size={20} stroke={1.5} aria-hidden />
              <span>{t(isDone ? `${key}.done` : `${key}.open`)}</span>
            </li>
          );
        })}
        <li className={classes.consequence}>
          <IconCircle size={20} stroke={1.5} aria-hidden />
          <span>
            {t("account")} {permissions.includes("identity.manage-accounts") ? <Link href="/admin/accounts">{t("toAccounts")}</Link> : null}
          </span>
        </li>
      </ul>
    </PortletCard>
  );
}
