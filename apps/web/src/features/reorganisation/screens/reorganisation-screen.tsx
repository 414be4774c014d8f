"use client";
import { Alert } from "@mantine/core";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { AdminHeader } from "../../../shell/admin-header";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import staff from "../../staff/components/staff.module.css";
import { DraftDesk } from "../components/draft-desk";
import { ReorganisationState } from "../components/reorganisation-state";
import { SettledDesk } from "../components/settled-desk";

/** One reorganisation: drawn up while it is a draft, looked at afterwards. Without an id it is a new one. */
export function ReorganisationScreen({ id }: { readonly id: string | null }) {
  const t = useTranslations("reorganisation");
  const shell = useTranslations("shell");
  const errors = useTranslations("errors");
  const { data, error, refetch } = useQuery({
    ...useTRPC().directory.getReorganisation.queryOptions({ id: id ?? "" }),
    enabled: id !== null,
  });
  const stored = data ?? null;
  const isDraft = id === null || stored?.state === "DRAFT";
  return (
    <div className={staff.page}>
      <AdminHeader title={stored?.name ?? t("make")} description={stored ? <ReorganisationState {...stored} /> : t("makeDescription")} />
      {error && !stored ? <QueryError error={error} onRetry={() => void refetch()} room="page" /> : null}
      {id !== null && !stored && !error ? <SkeletonList shape="rows" count={8} label={shell("loading")} /> : null}
      {stored?.fault && errors.has(`${stored.fault}.title`) ? (
        <Alert color="safflower" title={t("failedTitle")} icon={<IconAlertTriangle size={20} stroke={1.5} aria-hidden />}>
          {errors(`${stored.fault}.title`)}. {errors(`${stored.fault}.description`)}
        </Alert>
      ) : null}
      {isDraft && (id === null || stored) ? <DraftDesk key={stored?.version ?? 0} stored={stored} /> : null}
      {stored && !isDraft ? <SettledDesk key={stored.version} stored={stored} /> : null}
    </div>
  );
}
