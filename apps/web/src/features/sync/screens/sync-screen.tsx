"use client";
import { Button } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconAffiliate, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { AdminHeader } from "../../../shell/admin-header";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { RunHistory } from "../components/run-history";
import { SourceCard } from "../components/source-card";
import classes from "../components/sync.module.css";

/** The directories that people come from, how each of them stands, and what has run. */
export function SyncScreen() {
  const t = useTranslations("sync");
  const shell = useTranslations("shell");
  const { data, isPending, error, refetch } = useQuery(useTRPC().sync.listSources.queryOptions({}));
  const add = (
    <Button component={Link} href="/admin/sync/sources/new" leftSection={<IconPlus size={18} stroke={1.5} aria-hidden />}>
      {t("sources.add")}
    </Button>
  );
  return (
    <div className={classes.page}>
      <AdminHeader title={t("title")} description={t("description")} action={data?.length ? add : undefined} />
      {isPending ? <SkeletonList shape="cards" count={2} label={shell("loading")} /> : null}
      {error && !data ? <QueryError error={error} onRetry={() => void refetch()} room="page" /> : null}
      {data?.length === 0 ? (
        <EmptyState
          icon={IconAffiliate}
          room="page"
          title={t("sources.emptyTitle")}
          description={t("sources.emptyDescription")}
          action={add}
        />
      ) : null}
      {data && data.length > 0 ? (
        <>
          <ul className={classes.list} aria-label={t("sources.title")}>
            {data.map((source) => (
              <SourceCard key={source.id} source={source} />
            ))}
          </ul>
          <RunHistory sources={data} />
        </>
      ) : null}
    </div>
  );
}
