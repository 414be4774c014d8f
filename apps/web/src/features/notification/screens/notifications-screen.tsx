"use client";
import { Button, SegmentedControl } from "@mantine/core";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconBell, IconChecks } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Breadcrumbs } from "../../../shell/breadcrumbs";
import { QueryError } from "../../../shell/states/query-error";
import { showToast } from "../../../shell/toast/toast-store";
import { useErrorText } from "../../../shell/use-error-text";
import { useTRPC } from "../../../trpc/client";
import { NotificationDays } from "../components/notification-days";
import { useReadAll } from "../hooks/use-inbox";
import { notificationsInput } from "../notifications-input";
import classes from "./notifications-screen.module.css";

/** Everything that one was told, newest first. */
export function NotificationsScreen() {
  const t = useTranslations("notification");
  const shell = useTranslations("shell");
  const home = useTranslations("home");
  const trpc = useTRPC();
  const [unreadOnly, setUnreadOnly] = useState(false);
  const query = useInfiniteQuery(
    trpc.notification.listNotifications.infiniteQueryOptions(notificationsInput(unreadOnly), {
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),
  );
  const { readEverything, isReading } = useReadEverything();
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={classes.page}>
      <PageHeader
        breadcrumbs={<Breadcrumbs crumbs={[{ label: home("title"), href: "/" }, { label: t("title") }]} />}
        title={t("title")}
        description={t("description")}
        action={
          <Button
            variant="default"
            leftSection={<IconChecks size={18} stroke={1.5} />}
            disabled={!items.some(({ isRead }) => !isRead)}
            loading={isReading}
            onClick={readEverything}
          >
            {t("markAllRead")}
          </Button>
        }
      />
      <SegmentedControl
        aria-label={t("filter")}
        value={unreadOnly ? "unread" : "all"}
        onChange={(value) => setUnreadOnly(value === "unread")}
        data={[
          { value: "all", label: t("all") },
          { value: "unread", label: t("unread") },
        ]}
      />
      {query.isPending ? <SkeletonList shape="cards" label={shell("loading")} /> : null}
      {query.isError && items.length === 0 ? <QueryError error={query.error} onRetry={() => void query.refetch()} room="page" /> : null}
      {query.isSuccess && items.length === 0 ? <NoNotifications unreadOnly={unreadOnly} /> : null}
      <NotificationDays notifications={items} />
      {query.hasNextPage ? (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {shell("more")}
        </Button>
      ) : null}
    </div>
  );
}

/** Marks everything as read, and says so. */
const useReadEverything = () => {
  const t = useTranslations("notification");
  const errorText = useErrorText();
  const readAll = useReadAll();
  const onSuccess = () => void showToast({ title: t("allRead"), tone: "done" });
  const onError = (error: unknown) => {
    const { title, description } = errorText(error);
    showToast({ title, message: description, tone: "wrong" });
  };
  return { readEverything: () => readAll.mutate({}, { onSuccess, onError }), isReading: readAll.isPending };
};

function NoNotifications({ unreadOnly }: { readonly unreadOnly: boolean }) {
  const t = useTranslations("notification");
  return (
    <EmptyState
      icon={IconBell}
      room="page"
      title={t(unreadOnly ? "emptyUnreadTitle" : "emptyTitle")}
      description={t(unreadOnly ? "emptyUnreadDescription" : "emptyDescription")}
      action={
        <Button component={Link} href="/boards" variant="default">
          {t("toBoards")}
        </Button>
      }
    />
  );
}
