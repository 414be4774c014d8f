"use client";
import { CountBadge } from "@maru/ui/count-badge";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../trpc/client";
import classes from "./rights.module.css";

const TABS = [
  { tab: "roles", href: "/admin/rights", label: "tabRoles" },
  { tab: "people", href: "/admin/rights/people", label: "tabPeople" },
  { tab: "changes", href: "/admin/rights/changes", label: "tabChanges" },
] as const;

/** The three sides of rights: what roles hold, what people may do, and what waits for a second administrator. */
export function RightsTabs({ current }: { readonly current: (typeof TABS)[number]["tab"] }) {
  const t = useTranslations("rights");
  const trpc = useTRPC();
  const changes = useQuery(trpc.identity.listRoleChanges.queryOptions({}));
  const waiting = changes.data?.filter(({ can }) => can.approve).length ?? 0;
  return (
    <nav aria-label={t("tabs")}>
      <ul className={classes.tabs}>
        {TABS.map(({ tab, href, label }) => (
          <li key={tab}>
            <Link className={classes.tab} href={href} aria-current={tab === current ? "page" : undefined}>
              {t(label)}
              {tab === "changes" ? <CountBadge count={waiting} label={t("changesWaiting", { count: waiting })} /> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
