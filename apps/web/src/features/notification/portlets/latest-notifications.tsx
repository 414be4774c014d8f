"use client";
import { EmptyState } from "@maru/ui/empty-state";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { NotificationItem } from "../components/notification-item";

/** The newest notifications on the home page. Seeing them here does not silence the bell: the page is always open. */
export default function LatestNotifications() {
  const t = useTranslations("notification");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { data, isPending, error, refetch } = useQuery(trpc.notification.listNotifications.queryOptions({ limit: 5 }));
  return (
    <PortletCard title={t("latest")} href="/notifications" isFlush>
      {isPending ? <SkeletonList shape="cards" count={4} label={shell("loading")} /> : null}
      {error ? <QueryError error={error} onRetry={() => void refetch()} headingLevel={3} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState icon={IconBell} headingLevel={3} title={t("emptyTitle")} description={t("emptyDescription")} />
      ) : null}
      {data?.items.map((notification) => (
        <NotificationItem key={notification.id} notification={notification} />
      ))}
    </PortletCard>
  );
}
