"use client";
import type { PermissionView, RoleView } from "@maru/api/identity/contract";
import { IconCheck, IconCornerDownRight, IconMinus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { groupByModule } from "../group-by-module";
import { useModuleName, useNameOf, usePermissionWords } from "../hooks/use-words";
import classes from "./rights.module.css";

type PermissionMatrixProps = { readonly roles: readonly RoleView[]; readonly permissions: readonly PermissionView[] };

/** Which role holds what, at one look: its own, from an included role, or not. */
export function PermissionMatrix({ roles, permissions }: PermissionMatrixProps) {
  const t = useTranslations("rights");
  const nameOf = useNameOf();
  const words = usePermissionWords();
  const moduleName = useModuleName();
  return (
    <PortletCard title={t("matrix")} isFlush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard, so its room must take the focus */}
      <section className={classes.scroll} aria-label={t("matrix")} tabIndex={0}>
        <table className={classes.matrix}>
          <thead>
            <tr>
              <th scope="col">{t("permission")}</th>
              {roles.map((role) => (
                <th key={role.id} scope="col">
                  {nameOf(role)}
                </th>
              ))}
            </tr>
          </thead>
          {groupByModule(permissions).map(([module, group]) => (
            <tbody key={module}>
              <tr>
                <th className={classes.module} scope="rowgroup" colSpan={roles.length + 1}>
                  {moduleName(module)}
                </th>
              </tr>
              {group.map(({ key }) => (
                <tr key={key}>
                  <th scope="row" title={words(key).sentence}>
                    {words(key).name}
                  </th>
                  {roles.map((role) => (
                    <td key={role.id}>
                      <Held role={role} permission={key} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </section>
    </PortletCard>
  );
}

function Held({ role, permission }: { readonly role: RoleView; readonly permission: string }) {
  const t = useTranslations("rights");
  const [state, Sign, look] = role.permissions.includes(permission)
    ? (["own", IconCheck, classes.held] as const)
    : role.effective.includes(permission)
      ? (["inherited", IconCornerDownRight, classes.inherited] as const)
      : (["none", IconMinus, classes.muted] as const);
  return (
    <span className={look} title={t(state)}>
      <Sign size={18} stroke={1.75} aria-hidden />
      <span className="maru-spoken">{t(state)}</span>
    </span>
  );
}
