"use client";
import { PageHeader } from "@maru/ui/page-header";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Breadcrumbs, type Crumb } from "../../../shell/breadcrumbs";
import classes from "./rights.module.css";
import { RightsTabs } from "./rights-tabs";

type RightsFrameProps = {
  readonly tab: "roles" | "people" | "changes";
  /** Below the rights page itself: what this page is about. */
  readonly title?: string;
  readonly description?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
};

const TAB_HREFS = { roles: "/admin/rights", people: "/admin/rights/people", changes: "/admin/rights/changes" } as const;
const TAB_LABELS = { roles: "tabRoles", people: "tabPeople", changes: "tabChanges" } as const;

/** The head of every rights page, its three sides, and below them what the page is about. */
export function RightsFrame({ tab, title, description, action, children }: RightsFrameProps) {
  const t = useTranslations("rights");
  const crumbs: Crumb[] = title
    ? [{ label: t("title"), href: "/admin/rights" }, { label: t(TAB_LABELS[tab]), href: TAB_HREFS[tab] }, { label: title }]
    : [{ label: t("title") }];
  return (
    <>
      <PageHeader breadcrumbs={<Breadcrumbs crumbs={crumbs} />} title={title ?? t("title")} description={description} action={action} />
      <RightsTabs current={tab} />
      <div className={classes.stack}>{children}</div>
    </>
  );
}
