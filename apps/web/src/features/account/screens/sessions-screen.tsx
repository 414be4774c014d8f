"use client";
import { Button } from "@mantine/core";
import type { SessionView } from "@maru/api/identity/contract";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { signOutEverywhere } from "../../../shell/frame/sign-out";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { ConfirmDialog } from "../components/confirm-dialog";
import { SessionRow } from "../components/session-row";
import { useAccountChange } from "../hooks/use-account-change";
import classes from "./account-screens.module.css";

/** Where one is signed in, and the way to end it. */
export function SessionsScreen() {
  const t = useTranslations("account.sessions");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { data, isPending, error, refetch } = useQuery({ ...trpc.identity.listSessions.queryOptions(), refetchOnMount: "always" });
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      {isPending ? <SkeletonList shape="cards" count={3} label={shell("loading")} /> : null}
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : null}
      {data ? <Sessions sessions={data} /> : null}
    </>
  );
}

function Sessions({ sessions }: { readonly sessions: readonly SessionView[] }) {
  const t = useTranslations("account.sessions");
  // The one at hand stands first, whichever was used last.
  const sorted = sessions.toSorted((left, right) => Number(right.isCurrent) - Number(left.isCurrent));
  const [asking, setAsking] = useState<"others" | "all" | null>(null);
  const { endAll, isEnding } = useEndAll(() => setAsking(null));
  const hasOthers = sessions.some(({ isCurrent }) => !isCurrent);
  return (
    <>
      <ul className={classes.list} aria-label={t("title")}>
        {sorted.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      <div className={classes.actions}>
        <Button variant="default" disabled={!hasOthers} onClick={() => setAsking("others")}>
          {t("endOthers")}
        </Button>
        <Button variant="default" onClick={() => setAsking("all")}>
          {t("endAll")}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={asking !== null}
        title={t(asking === "all" ? "endAll" : "endOthers")}
        label={t(asking === "all" ? "endAll" : "endOthers")}
        isBusy={isEnding}
        onConfirm={() => endAll(asking === "others")}
        onClose={() => setAsking(null)}
      >
        {t(asking === "all" ? "endAllDescription" : "endOthersDescription")}
      </ConfirmDialog>
    </>
  );
}

const useEndAll = (onDone: () => void) => {
  const t = useTranslations("account.sessions");
  const trpc = useTRPC();
  const { done, failed } = useAccountChange(trpc.identity.listSessions.queryKey());
  const { mutate, isPending } = useMutation(
    trpc.identity.revokeSessions.mutationOptions({
      onSuccess: ({ ended }, { keepsCurrent }) => {
        // Without the cookie too: this page has no session any more.
        if (!keepsCurrent) return void signOutEverywhere();
        onDone();
        done(t("endedOthers", { count: ended }));
      },
      onError: failed,
    }),
  );
  return { endAll: (keepsCurrent: boolean) => mutate({ keepsCurrent }), isEnding: isPending };
};
