"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import classes from "./breadcrumbs.module.css";

/** A step of the way; the last one is where the person is, and leads nowhere. */
export type Crumb = { readonly label: string; readonly href?: string };

/** The way from home to here, for the `breadcrumbs` of a PageHeader. */
export function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const t = useTranslations("shell");
  return (
    <nav aria-label={t("breadcrumbs")}>
      <ol className={classes.crumbs}>
        {crumbs.map(({ label, href }) => (
          <li key={`${href} ${label}`}>{href ? <Link href={href}>{label}</Link> : <span aria-current="page">{label}</span>}</li>
        ))}
      </ol>
    </nav>
  );
}
