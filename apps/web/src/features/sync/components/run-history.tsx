"use client";
import { Select } from "@mantine/core";
import type { RunView, SourceView } from "@maru/api/sync/contract";
import { DateTime } from "@maru/ui/date-time";
import { EmptyState } from "@maru/ui/empty-state";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { PersonLabel } from "../../../shell/person/person-label";
import { PagedItems } from "../../../shell/states/paged-items";
import { useTRPC } from "../../../trpc/client";
import { useWords } from "../hooks/use-words";
import { changesOf } from "../run-counts";
import classes from "./sync.module.css";

/** Every run, the latest first; of one source where there are several. */
export function RunHistory({ sources }: { readonly sources: readonly SourceView[] }) {
  const t = useTranslations("sync.runs");
  const [sourceId, setSourceId] = useState<string | null>(null);
  const query = useInfiniteQuery(
    useTRPC().sync.listRuns.infiniteQueryOptions(sourceId ? { sourceId } : {}, { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  return (
    <section className={classes.stack} aria-labelledby="sync-history">
      <div className={classes.historyHead}>
        <h2 className={classes.heading} id="sync-history">
          {t("title")}
        </h2>
        {sources.length > 1 ? (
          <Select
            aria-label={t("source")}
            placeholder={t("anySource")}
            data={sources.map(({ id, name }) => ({ value: id, label: name }))}
            value={sourceId}
            onChange={setSourceId}
            clearable
            clearButtonProps={{ "aria-label": t("clearSource") }}
          />
        ) : null}
      </div>
      <PagedItems
        query={query}
        skeleton={{ shape: "rows", count: 6 }}
        empty={<EmptyState icon={IconHistory} title={t("emptyTitle")} description={t("emptyDescription")} />}
      >
        {(runs) => <RunTable runs={runs} hasSources={sources.length > 1} />}
      </PagedItems>
    </section>
  );
}

function RunTable({ runs, hasSources }: { readonly runs: readonly RunView[]; readonly hasSources: boolean }) {
  const t = useTranslations("sync.runs");
  return (
    <table className={classes.table} aria-label={t("title")}>
      <thead>
        <tr>
          <th scope="col">{t("at")}</th>
          <th scope="col">{t("kind")}</th>
          {hasSources ? <th scope="col">{t("source")}</th> : null}
          <th scope="col">{t("state")}</th>
          <th scope="col">{t("changes")}</th>
          <th scope="col">{t("by")}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} hasSources={hasSources} />
        ))}
      </tbody>
    </table>
  );
}

function RunRow({ run, hasSources }: { readonly run: RunView; readonly hasSources: boolean }) {
  const t = useTranslations("sync.runs");
  const locale = useLocale();
  const words = useWords();
  const changes = changesOf(run.counts);
  return (
    <tr>
      <td className={classes.nowrap}>
        <Link href={`/admin/sync/runs/${run.id}`}>
          <DateTime iso={run.requestedAt} locale={locale} form="full" />
        </Link>
      </td>
      <td>{words.kind(run)}</td>
      {hasSources ? <td>{run.sourceName}</td> : null}
      <td>
        <StatusBadge variant="plain" {...words.run(run)} />
      </td>
      <td>{changes === 0 ? t("noChanges") : t("changeCount", { count: changes })}</td>
      <td>
        <Starter personId={run.requestedById} />
      </td>
    </tr>
  );
}

/** Who asked for a run: somebody, or the schedule. */
export function Starter({ personId }: { readonly personId: string | null }) {
  const t = useTranslations("sync.runs");
  const { data } = useQuery({ ...useTRPC().directory.getPerson.queryOptions({ id: personId ?? "" }), enabled: personId !== null });
  if (personId === null) return t("schedule");
  return data ? <PersonLabel person={data} /> : t("person");
}
