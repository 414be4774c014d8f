"use client";
import { Alert, Button, Group } from "@mantine/core";
import type { SourceView } from "@maru/api/sync/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { useLeaveGuard } from "../../board/hooks/use-leave-guard";
import { DeleteSource } from "../components/delete-source";
import { LeaveDialog } from "../components/leave-dialog";
import { MappingFields } from "../components/mapping-fields";
import { ScheduleFields } from "../components/schedule-fields";
import { SearchFields } from "../components/search-fields";
import { ServerFields } from "../components/server-fields";
import source from "../components/source.module.css";
import classes from "../components/sync.module.css";
import { SyncCrumbs } from "../components/sync-crumbs";
import { TestPanel } from "../components/test-panel";
import { GroupFields, UnitFields } from "../components/unit-fields";
import { useConnectionTest } from "../hooks/use-connection-test";
import { useSourceDesk } from "../hooks/use-source-desk";

/** The settings of one source, with the test of its connection beside them. */
export function SourceScreen({ id }: { readonly id: string }) {
  const t = useTranslations("sync.source");
  const shell = useTranslations("shell");
  const { data, error, refetch } = useQuery(useTRPC().sync.getSource.queryOptions({ id }));
  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} room="page" headingLevel={1} />;
  if (!data) return <SkeletonList shape="rows" count={8} label={shell("loading")} />;
  // Files are read in elsewhere: there is nothing here to set.
  if (data.kind === "FILE") return <EmptyState room="page" headingLevel={1} title={t("missing")} />;
  return <SourceDesk key={data.id} stored={data} />;
}

/** The form of a source; of a new one without `stored`. */
export function SourceDesk({ stored }: { readonly stored: SourceView | null }) {
  const t = useTranslations("sync.source");
  const desk = useSourceDesk(stored);
  const { draft, saved, problems, set } = desk;
  const guard = useLeaveGuard(desk.isDirty && !desk.isSaving);
  const test = useConnectionTest(draft, saved, () => desk.setTried(true));
  const form = { draft, problems, set };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    desk.save();
  };
  return (
    <div className={classes.page}>
      <PageHeader
        breadcrumbs={<SyncCrumbs label={saved?.name ?? t("new")} />}
        title={saved?.name ?? t("new")}
        description={t("scopeNotice")}
      />
      {desk.isStale ? <Stale onTake={desk.takeTheirs} /> : null}
      <div className={source.desk}>
        <form className={source.form} onSubmit={submit} noValidate>
          <ServerFields saved={saved} {...form} />
          <SearchFields {...form} />
          <MappingFields samples={test.samples} {...form} />
          <UnitFields {...form} />
          <GroupFields {...form} />
          <ScheduleFields {...form} />
          <Group justify="space-between" gap={8}>
            <Button type="submit" loading={desk.isSaving} disabled={!desk.isDirty}>
              {t("save")}
            </Button>
            {saved ? <DeleteSource source={saved} /> : null}
          </Group>
        </form>
        <div className={source.side}>
          <TestPanel test={test} />
        </div>
      </div>
      <LeaveDialog isOpen={guard.isAsking} onStay={guard.stay} onLeave={guard.leave} />
    </div>
  );
}

function Stale({ onTake }: { readonly onTake: () => void }) {
  const t = useTranslations("sync.source");
  return (
    <Alert color="gardenia" icon={<IconAlertTriangle size={20} stroke={1.5} aria-hidden />} title={t("conflictTitle")}>
      <p>{t("conflictDescription")}</p>
      <div className={classes.alertActions}>
        <Button variant="default" onClick={onTake}>
          {t("takeTheirs")}
        </Button>
      </div>
    </Alert>
  );
}
