"use client";
import type { DepartmentDetailView } from "@maru/api/directory/contract";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { StatusBadge } from "@maru/ui/status-badge";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Breadcrumbs } from "../../../shell/breadcrumbs";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { AwayThisWeek } from "../components/away-this-week";
import { DepartmentsBelow } from "../components/departments-below";
import { FavouriteStar } from "../components/favourite-star";
import { PeopleList } from "../components/people-list";
import { PeoplePages } from "../components/people-pages";
import { membersInput, readPlace } from "../people-place";
import classes from "./department-screen.module.css";

/** One department: who leads it, who belongs to it, what stands above and below. */
export function DepartmentScreen({ id }: { readonly id: string }) {
  const shell = useTranslations("shell");
  const { data, isPending, error, refetch } = useQuery(useTRPC().directory.getDepartment.queryOptions({ id }));
  if (isPending) return <SkeletonList shape="cards" count={4} label={shell("loading")} />;
  if (error) return <QueryError error={error} onRetry={() => void refetch()} room="page" headingLevel={1} />;
  return <Department department={data} />;
}

function Department({ department }: { readonly department: DepartmentDetailView }) {
  const t = useTranslations("people");
  const isKorean = useLocale() === "ko";
  const nameOf = (one: { readonly name: string; readonly nameEn: string }) => (isKorean ? one.name : one.nameEn);
  const { id, kind, code, above, below, head, totalCount, closedOn, isFavourite } = department;
  const crumbs = [
    { label: t("title"), href: "/people/chart" },
    ...above.map((one) => ({ label: nameOf(one), href: `/departments/${one.id}` })),
    { label: nameOf(department) },
  ];
  return (
    <div className={classes.page}>
      <PageHeader
        breadcrumbs={<Breadcrumbs crumbs={crumbs} />}
        title={nameOf(department)}
        description={
          <span className={classes.facts}>
            {t(`kinds.${kind}`)} · {code} · {t("found", { count: totalCount })}
            {closedOn ? <StatusBadge tone="neutral" label={t("closedOn", { day: closedOn })} /> : null}
          </span>
        }
        more={<FavouriteStar kind="DEPARTMENT" id={id} isFavourite={isFavourite} />}
      />
      <div className={classes.columns}>
        <Members departmentId={id} />
        <aside className={classes.side}>
          <DepartmentsBelow head={head} departments={below} />
          <AwayThisWeek departmentId={id} />
        </aside>
      </div>
    </div>
  );
}

function Members({ departmentId }: { readonly departmentId: string }) {
  const t = useTranslations("people");
  const shell = useTranslations("shell");
  const { page } = readPlace(Object.fromEntries(useSearchParams()));
  const { data, isPending, error, refetch } = useQuery(
    useTRPC().directory.listMembers.queryOptions(membersInput(departmentId, page), { placeholderData: keepPreviousData }),
  );
  if (isPending) return <SkeletonList shape="cards" label={shell("loading")} />;
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.members}>
      <output className={classes.count}>{t("members", { count: data.page.total })}</output>
      {data.items.length === 0 ? (
        <EmptyState title={t("noMembersTitle")} description={t("noMembersDescription")} />
      ) : (
        <PeopleList people={data.items} label={t("membersLabel")} />
      )}
      <PeoplePages page={page} totalPages={data.page.totalPages} hrefOf={(next) => `/departments/${departmentId}?page=${next}`} />
    </div>
  );
}
