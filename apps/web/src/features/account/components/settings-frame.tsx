"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SETTINGS_PLACES } from "../settings-places";
import classes from "./settings-frame.module.css";

/** The settings of one's account: their list beside the page, above it on a phone. */
export function SettingsFrame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("account");
  const pathname = usePathname();
  return (
    <div className={classes.frame}>
      <nav className={classes.nav} aria-label={t("title")}>
        <ul className={classes.list}>
          {SETTINGS_PLACES.map(({ href, label, icon: Icon }) => (
            <li key={href}>
              <Link className={classes.place} href={href} aria-current={pathname === href ? "page" : undefined}>
                <Icon size={18} stroke={1.5} aria-hidden />
                {t(label)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={classes.page}>{children}</div>
    </div>
  );
}
