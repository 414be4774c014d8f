"use client";
import type { ErasureView } from "@maru/api/privacy/contract";
import { DateTime } from "@maru/ui/date-time";
import { EmptyState } from "@maru/ui/empty-state";
import { formatPersonName } from "@maru/ui/person-name/format";
import { StatusBadge } from "@maru/ui/status-badge";
import { IconEraser } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { AdminHeader } from "../../../shell/admin-header";
import { PagedItems } from "../../../shell/states/paged-items";
import { useTRPC } from "../../../trpc/client";
import classes from "../components/privacy.module.css";

/** The evidence of erasures: when, by which request, and how much of what was removed. It names nobody who was erased. */
export function ErasuresScreen() {
  const t = useTranslations("privacy.erasures");
  return (
    <div className={classes.page}>
      <AdminHeader title={t("title")} description={t("description")} />
      <Erasures />
    </div>
  );
}

function Erasures() {
  const t = useTranslations("privacy.erasures");
  const query = useInfiniteQuery(
    useTRPC().privacy.listErasures.infiniteQueryOptions({}, { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  return (
    <PagedItems
      query={query}
      skeleton={{ shape: "cards", count: 4 }}
      room="page"
      empty={<EmptyState icon={IconEraser} room="page" title={t("emptyTitle")} description={t("emptyDescription")} />}
    >
      {(erasures) => (
        <ul className={classes.list} aria-label={t("title")}>
          {erasures.map((erasure) => (
            <Erasure key={erasure.id} erasure={erasure} />
          ))}
        </ul>
      )}
    </PagedItems>
  );
}

const countsOf = (steps: ErasureView["steps"]): string =>
  steps
    .flatMap(({ counts }) => Object.entries(counts))
    .map(([table, count]) => `${table} ${count}`)
    .join(" · ");

function Erasure({ erasure }: { readonly erasure: ErasureView }) {
  const t = useTranslations("privacy.erasures");
  const locale = useLocale();
  const { accountId, requestedAt, requestedBy, requestId, finishedAt, steps } = erasure;
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>
          {t("account", { id: accountId })}
          <StatusBadge tone={finishedAt ? "done" : "progress"} label={t(finishedAt ? "finished" : "running")} />
        </p>
        <p className={classes.about}>
          {requestedAt ? (
            <>
              {t("requested")} <DateTime iso={requestedAt} locale={locale} form="full" />{" "}
            </>
          ) : null}
          {requestedBy ? (
            <>
              · {t("requestedBy")} {formatPersonName(requestedBy, { locale })}{" "}
            </>
          ) : null}
          {requestId ? <>· {t("request", { id: requestId })}</> : null}
        </p>
        {finishedAt ? (
          <p className={classes.about}>
            {t("finishedAt")} <DateTime iso={finishedAt} locale={locale} form="full" />
          </p>
        ) : null}
        <p className={classes.about}>
          {t("removed")}: {countsOf(steps) || t("nothing")}
        </p>
      </div>
    </li>
  );
}
