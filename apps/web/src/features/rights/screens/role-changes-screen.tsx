"use client";
import { EmptyState } from "@maru/ui/empty-state";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import classes from "../components/rights.module.css";
import { RightsFrame } from "../components/rights-frame";
import { RoleChangeRow } from "../components/role-change-row";

/** What waits for a second administrator. */
export function RoleChangesScreen() {
  const t = useTranslations("rights");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.identity.listRoleChanges.queryOptions({}, { refetchOnMount: "always" }));
  return (
    <RightsFrame tab="changes" description={t("changesDescription")}>
      {error ? <QueryError error={error} onRetry={() => void refetch()} room="page" /> : null}
      {!error && !data ? <SkeletonList shape="rows" count={3} label={shell("loading")} /> : null}
      {data?.length === 0 ? (
        <EmptyState icon={IconShieldCheck} room="page" title={t("noChanges")} description={t("noChangesDescription")} />
      ) : null}
      {data && data.length > 0 ? (
        <PortletCard title={t("tabChanges")} isFlush>
          <ul className={classes.rows}>
            {data.map((change) => (
              <RoleChangeRow key={change.id} change={change} />
            ))}
          </ul>
        </PortletCard>
      ) : null}
    </RightsFrame>
  );
}
