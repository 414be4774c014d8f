"use client";
import { EmptyState } from "@maru/ui/empty-state";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { useInbox, useSeeNotifications } from "../hooks/use-inbox";
import { NotificationItem } from "./notification-item";
import classes from "./notification-panel.module.css";

const SHOWN = 12;

/** The latest notifications, below the bell. What stands here is seen: the badge goes. */
export default function NotificationPanel({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("notification");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const panelRef = useRef<HTMLDivElement>(null);
  const query = useQuery(trpc.notification.listNotifications.queryOptions({ limit: SHOWN }));
  const see = useSeeNotifications();
  const unseen = useInbox()?.unseen ?? 0;
  const newestSeq = query.data?.items[0]?.seq ?? 0;

  useEffect(() => panelRef.current?.focus(), []);
  useEffect(() => {
    if (unseen > 0 && newestSeq > 0) see({ upToSeq: newestSeq });
  }, [unseen, newestSeq, see]);

  return (
    <div className={classes.panel} role="dialog" aria-label={t("panelTitle")} tabIndex={-1} ref={panelRef}>
      <h2 className={classes.title}>{t("panelTitle")}</h2>
      <div className={classes.list}>
        {query.isPending ? <SkeletonList shape="cards" count={5} label={shell("loading")} /> : null}
        {query.isError ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.data?.items.length === 0 ? (
          <EmptyState icon={IconBell} headingLevel={3} title={t("emptyTitle")} description={t("emptyDescription")} />
        ) : null}
        {query.data?.items.map((notification) => (
          <NotificationItem key={notification.id} notification={notification} onOpen={onClose} />
        ))}
      </div>
      <Link className={classes.all} href="/notifications" onClick={onClose}>
        {t("showAll")}
      </Link>
    </div>
  );
}
