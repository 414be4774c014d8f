"use client";
import { Button } from "@mantine/core";
import type { RunView } from "@maru/api/sync/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconArrowsDiff, IconFilterOff, IconTableExport } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PagedItems } from "../../../shell/states/paged-items";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { ConfirmDialog } from "../../account/components/confirm-dialog";
import { ItemFilters } from "../components/item-filters";
import { ItemTable } from "../components/item-table";
import { RunFacts } from "../components/run-facts";
import { RunOutcome } from "../components/run-outcome";
import classes from "../components/sync.module.css";
import { SyncCrumbs } from "../components/sync-crumbs";
import { useItemsExport } from "../hooks/use-items-export";
import { useRun } from "../hooks/use-run";
import { useSyncChange } from "../hooks/use-sync-change";
import { useWords } from "../hooks/use-words";
import { EVERYTHING, hrefOfPlace, type ItemsPlace, listInput, readPlace } from "../items-place";

/** One run: how it goes or came out, what to do about it, and each of its changes. */
export function RunScreen({ id }: { readonly id: string }) {
  const shell = useTranslations("shell");
  const { query, isLive } = useRun(id);
  const { data: run, error, refetch } = query;
  if (error && !run) return <QueryError error={error} onRetry={() => void refetch()} room="page" headingLevel={1} />;
  if (!run) return <SkeletonList shape="rows" count={8} label={shell("loading")} />;
  return (
    <div className={classes.page}>
      <RunHeader run={run} isLive={isLive} />
      {/* What a run is doing is said aloud as it changes. */}
      <div role="status">
        <RunOutcome run={run} />
      </div>
      <RunFacts run={run} />
      <Items run={run} />
    </div>
  );
}

function RunHeader({ run, isLive }: { readonly run: RunView; readonly isLive: boolean }) {
  const t = useTranslations("sync.run");
  const words = useWords();
  const title = run.sourceKind === "FILE" ? words.kind(run) : t(run.isDryRun ? "previewTitle" : "title", { name: run.sourceName });
  return (
    <PageHeader
      breadcrumbs={<SyncCrumbs label={words.kind(run)} />}
      title={title}
      description={
        <span className={classes.sourceHead}>
          <StatusBadge {...words.run(run)} />
          {words.kind(run)}
          {isLive ? <span className={classes.muted}>{t("live")}</span> : null}
        </span>
      }
      more={run.can.cancel ? <Cancel run={run} /> : null}
    />
  );
}

function Cancel({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync.run");
  const { done, failed } = useSyncChange();
  const [isAsking, setAsking] = useState(false);
  const cancel = useMutation(
    useTRPC().sync.cancelRun.mutationOptions({
      onSuccess: () => done(t("cancelled")),
      onError: failed,
      onSettled: () => setAsking(false),
    }),
  );
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("cancel")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("cancelTitle")}
        label={t("cancel")}
        isBusy={cancel.isPending}
        onConfirm={() => cancel.mutate({ id: run.id })}
        onClose={() => setAsking(false)}
      >
        {t("cancelDescription")}
      </ConfirmDialog>
    </>
  );
}

function Items({ run }: { readonly run: RunView }) {
  const t = useTranslations("sync.items");
  const router = useRouter();
  const place = readPlace(Object.fromEntries(useSearchParams()));
  const { exportItems, isExporting } = useItemsExport(run, place);
  const query = useInfiniteQuery(
    useTRPC().sync.listItems.infiniteQueryOptions(listInput(run.id, place), { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  const hasItems = (query.data?.pages[0]?.items.length ?? 0) > 0;
  return (
    <section className={classes.stack} aria-labelledby="sync-items">
      <div className={classes.historyHead}>
        <h2 className={classes.heading} id="sync-items">
          {t("title")}
        </h2>
        <Button
          variant="default"
          leftSection={<IconTableExport size={18} stroke={1.5} aria-hidden />}
          disabled={!hasItems}
          loading={isExporting}
          onClick={exportItems}
        >
          {t("export")}
        </Button>
      </div>
      <ItemFilters place={place} onChange={(next) => router.replace(hrefOfPlace(run.id, next), { scroll: false })} />
      <PagedItems query={query} skeleton={{ shape: "rows", count: 10 }} empty={<NoItems place={place} />}>
        {(items) => <ItemTable items={items} run={run} />}
      </PagedItems>
    </section>
  );
}

function NoItems({ place }: { readonly place: ItemsPlace }) {
  const t = useTranslations("sync.items");
  const isEverything = JSON.stringify(place) === JSON.stringify(EVERYTHING);
  return isEverything ? (
    <EmptyState icon={IconArrowsDiff} title={t("noneTitle")} description={t("noneDescription")} />
  ) : (
    <EmptyState icon={IconFilterOff} title={t("emptyTitle")} description={t("emptyDescription")} />
  );
}
