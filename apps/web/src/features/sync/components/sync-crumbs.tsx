"use client";
import { useTranslations } from "next-intl";
import { Breadcrumbs } from "../../../shell/breadcrumbs";

/** The way to a page below the sync. */
export function SyncCrumbs({ label }: { readonly label: string }) {
  const t = useTranslations("sync");
  const shell = useTranslations("shell");
  return <Breadcrumbs crumbs={[{ label: shell("adminMenu") }, { label: t("title"), href: "/admin/sync" }, { label }]} />;
}
