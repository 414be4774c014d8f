"use client";
import { Button } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconBeach, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAccount } from "../../../shell/account";
import { PortletCard } from "../../../shell/portlet-card";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { AbsenceDialog } from "../components/absence-dialog";
import { AbsenceList } from "../components/absence-list";
import { OwnAssistant } from "../components/own-assistant";
import classes from "./absence-screen.module.css";

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** When one is away oneself, who stands in meanwhile, and who else may say so. */
export function AbsenceScreen() {
  const t = useTranslations("people.absence");
  const { person } = useAccount();
  const [isEntering, setEntering] = useState(false);
  const enter = (
    <Button leftSection={<IconPlus size={18} stroke={1.5} aria-hidden />} onClick={() => setEntering(true)}>
      {t("enter")}
    </Button>
  );
  return (
    <div className={classes.page}>
      <PageHeader title={t("place")} description={t("description")} action={enter} />
      <Absences personId={person.id} />
      <OwnAssistant personId={person.id} />
      {isEntering ? <AbsenceDialog personId={person.id} absence={null} onClose={() => setEntering(false)} /> : null}
    </div>
  );
}

function Absences({ personId }: { readonly personId: string }) {
  const t = useTranslations("people.absence");
  const shell = useTranslations("shell");
  // From a year ago, so that one sees what one had; as far ahead as one can enter.
  const [time] = useState(() => ({
    from: new Date(Date.now() - YEAR_MS).toISOString(),
    to: new Date(Date.now() + 2 * YEAR_MS).toISOString(),
  }));
  const { data, isPending, error, refetch } = useQuery(useTRPC().directory.listAbsences.queryOptions({ personId, ...time }));
  if (isPending) return <SkeletonList shape="cards" count={3} label={shell("loading")} />;
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) return <EmptyState icon={IconBeach} title={t("emptyTitle")} description={t("emptyDescription")} />;
  return (
    <PortletCard title={t("title")} isFlush>
      <AbsenceList absences={data} label={t("title")} />
    </PortletCard>
  );
}
