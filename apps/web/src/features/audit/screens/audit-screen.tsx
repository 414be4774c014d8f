"use client";
import { Button } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconFingerprint, IconTableExport } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAccount } from "../../../shell/account";
import { Breadcrumbs } from "../../../shell/breadcrumbs";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { type AuditPlace, hrefOfPlace, listInput, readPlace } from "../audit-place";
import { AuditFilters } from "../components/audit-filters";
import { AuditTable } from "../components/audit-table";
import { EntryDrawer } from "../components/entry-drawer";
import { ExportDialog } from "../components/export-dialog";
import { StateLine } from "../components/state-line";
import classes from "./audit-screen.module.css";

/** The audit log: how far it is sealed, what it holds, and each entry with what it changed. */
export function AuditScreen() {
  const t = useTranslations("audit");
  const shell = useTranslations("shell");
  const router = useRouter();
  const place = readPlace(Object.fromEntries(useSearchParams()));
  const [openId, setOpenId] = useState<string | null>(null);
  const go = (next: AuditPlace) => {
    setOpenId(null);
    router.replace(hrefOfPlace(next), { scroll: false });
  };
  return (
    <div className={classes.page}>
      <PageHeader
        breadcrumbs={<Breadcrumbs crumbs={[{ label: shell("adminMenu") }, { label: t("title") }]} />}
        title={t("title")}
        description={t("description")}
        action={<Export place={place} />}
      />
      <StateLine />
      <AuditFilters place={place} onChange={go} />
      <Entries place={place} onOpen={setOpenId} />
      <EntryDrawer id={openId} onClose={() => setOpenId(null)} onGo={go} />
    </div>
  );
}

function Export({ place }: { readonly place: AuditPlace }) {
  const t = useTranslations("audit.export");
  const { permissions } = useAccount();
  const [isOpen, setOpen] = useState(false);
  if (!permissions.includes("audit.export")) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconTableExport size={18} stroke={1.5} aria-hidden />} onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
      <ExportDialog place={place} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

function Entries({ place, onOpen }: { readonly place: AuditPlace; readonly onOpen: (id: string) => void }) {
  const t = useTranslations("audit");
  const shell = useTranslations("shell");
  const query = useInfiniteQuery(
    useTRPC().audit.listEntries.infiniteQueryOptions(listInput(place), { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isPending) return <SkeletonList shape="rows" count={12} label={shell("loading")} />;
  if (query.isError && entries.length === 0) return <QueryError error={query.error} onRetry={() => void query.refetch()} room="page" />;
  if (entries.length === 0)
    return <EmptyState icon={IconFingerprint} room="page" title={t("emptyTitle")} description={t("emptyDescription")} />;
  return (
    <>
      <AuditTable entries={entries} onOpen={onOpen} />
      {query.hasNextPage ? (
        <Button className={classes.more} variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {shell("more")}
        </Button>
      ) : null}
    </>
  );
}
