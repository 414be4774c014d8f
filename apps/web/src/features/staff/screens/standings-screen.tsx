"use client";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { AdminHeader } from "../../../shell/admin-header";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import classes from "../components/staff.module.css";
import { StandingCard } from "../components/standing-card";

/** The three lists that people stand in: 직급, 직위, 직책. Their order is the order of people everywhere. */
export function StandingsScreen() {
  const t = useTranslations("staff.standings");
  const shell = useTranslations("shell");
  const { data, error, refetch } = useQuery(useTRPC().directory.listStandings.queryOptions({}));
  return (
    <div className={classes.page}>
      <AdminHeader title={t("title")} description={t("description")} />
      {error && !data ? <QueryError error={error} onRetry={() => void refetch()} room="page" /> : null}
      {!error && !data ? <SkeletonList shape="cards" count={3} label={shell("loading")} /> : null}
      {data ? (
        <>
          <StandingCard kind="RANK" items={data.ranks} />
          <StandingCard kind="POSITION" items={data.positions} />
          <StandingCard kind="TITLE" items={data.titles} />
        </>
      ) : null}
    </div>
  );
}
