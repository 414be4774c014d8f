"use client";
import type { RoleView } from "@maru/api/identity/contract";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconLock, IconShieldLock } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { useNameOf } from "../hooks/use-words";
import classes from "./rights.module.css";

/** Every role, with how much it holds and how many have it. */
export function RoleList({ roles }: { readonly roles: readonly RoleView[] }) {
  const t = useTranslations("rights");
  const nameOf = useNameOf();
  return (
    <PortletCard title={t("roleList")} isFlush>
      <ul className={classes.rows}>
        {roles.map((role) => (
          <li key={role.id}>
            <Link className={classes.row} href={`/admin/rights/roles/${role.id}`} prefetch={false}>
              <span className={`${classes.grow} ${classes.name}`}>{nameOf(role)}</span>
              {role.isBuiltIn ? <StatusBadge tone="neutral" icon={IconLock} label={t("builtIn")} /> : null}
              {role.isProtected ? <StatusBadge tone="caution" icon={IconShieldLock} label={t("protected")} /> : null}
              <span className={classes.muted}>{t("permissionCount", { count: role.effective.length })}</span>
              <span className={classes.muted}>{t("holders", { count: role.holderCount })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </PortletCard>
  );
}
