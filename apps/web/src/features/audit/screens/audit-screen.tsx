"use client";
import { Button } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { IconFingerprint, IconTableExport } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAccount } from "../../../shell/account";
import { AdminHeader } from "../../../shell/admin-header";
import { PagedItems } from "../../../shell/states/paged-items";
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
  const router = useRouter();
  const place = readPlace(Object.fromEntries(useSearchParams()));
  const [openId, setOpenId] = useState<string | null>(null);
  const go = (next: AuditPlace) => {
    setOpenId(null);
    router.replace(hrefOfPlace(next), { scroll: false });
  };
  return (
    <div className={classes.page}>
      <AdminHeader title={t("title")} description={t("description")} action={<Export place={place} />} />
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
  const query = useInfiniteQuery(
    useTRPC().audit.listEntries.infiniteQueryOptions(listInput(place), { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  return (
    <PagedItems
      query={query}
      skeleton={{ shape: "rows", count: 12 }}
      room="page"
      empty={<EmptyState icon={IconFingerprint} room="page" title={t("emptyTitle")} description={t("emptyDescription")} />}
    >
      {(entries) => <AuditTable entries={entries} onOpen={onOpen} />}
    </PagedItems>
  );
}
