"use client";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconUserSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Breadcrumbs, type Crumb } from "../../../shell/breadcrumbs";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { Favourites, Recent } from "../components/at-hand";
import { AwayThisWeek } from "../components/away-this-week";
import { DepartmentMenu } from "../components/department-menu";
import { PeopleList } from "../components/people-list";
import { PeoplePages } from "../components/people-pages";
import { PeoplePlacesNav } from "../components/people-places-nav";
import { PeopleSearch } from "../components/people-search";
import { pathTo, toTree } from "../department-tree";
import { hrefOfPlace, listInput, PEOPLE_FOUND, type PeoplePlace, readPlace, searchInput } from "../people-place";
import classes from "./people-screen.module.css";

/** The directory: departments on the left, people on the right, one box that finds anybody. */
export function PeopleScreen() {
  const t = useTranslations("people");
  const isKorean = useLocale() === "ko";
  const trpc = useTRPC();
  const parameters = useSearchParams();
  const place = readPlace(Object.fromEntries(parameters));
  const departments = useQuery(trpc.directory.listDepartments.queryOptions({}));
  const tree = useMemo(() => toTree(departments.data ?? []), [departments.data]);
  const path = pathTo(departments.data ?? [], place.departmentId);
  const current = path.at(-1);
  const nameOf = (department: { name: string; nameEn: string }) => (isKorean ? department.name : department.nameEn);
  const crumbs: Crumb[] = [
    { label: t("title"), href: current ? "/people" : undefined },
    ...path.map((department) => ({
      label: nameOf(department),
      href: department.id === place.departmentId ? undefined : hrefOfPlace({ departmentId: department.id, query: "", page: 1 }),
    })),
  ];
  return (
    <div className={classes.page}>
      <PageHeader
        breadcrumbs={<Breadcrumbs crumbs={crumbs} />}
        title={current && !place.query ? nameOf(current) : t("title")}
        more={<PeoplePlacesNav current="people" />}
      />
      <div className={classes.columns}>
        <div className={classes.search}>
          <PeopleSearch asked={place.query} />
        </div>
        <aside className={classes.tree} data-searching={place.query !== "" || undefined}>
          {departments.isError ? <QueryError error={departments.error} onRetry={() => void departments.refetch()} /> : null}
          <DepartmentMenu roots={tree} currentId={place.query ? null : place.departmentId} pathIds={new Set(path.map(({ id }) => id))} />
        </aside>
        <div className={classes.people}>{place.query ? <Found place={place} /> : <OfDepartment place={place} />}</div>
      </div>
    </div>
  );
}

function Found({ place }: { readonly place: PeoplePlace }) {
  const t = useTranslations("people");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { data, isPending, error, refetch } = useQuery(
    trpc.directory.searchPeople.queryOptions(searchInput(place), { placeholderData: keepPreviousData }),
  );
  if (isPending) return <SkeletonList shape="cards" label={shell("loading")} />;
  if (error) return <QueryError error={error} onRetry={() => void refetch()} room="page" />;
  return (
    <>
      <output className={classes.count}>{t(data.length < PEOPLE_FOUND ? "found" : "foundAtMost", { count: data.length })}</output>
      {data.length === 0 ? (
        <EmptyState
          icon={IconUserSearch}
          room="page"
          title={t("emptySearchTitle", { query: place.query })}
          description={t("emptySearchDescription")}
        />
      ) : (
        <PeopleList people={data} label={t("title")} />
      )}
    </>
  );
}

/** What one comes for most often, where nothing is looked for yet. */
function AtHand() {
  return (
    <div className={classes.atHand}>
      <Favourites />
      <Recent />
      <AwayThisWeek />
    </div>
  );
}

function OfDepartment({ place }: { readonly place: PeoplePlace }) {
  const t = useTranslations("people");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { data, isPending, error, refetch } = useQuery(
    trpc.directory.listPeople.queryOptions(listInput(place), { placeholderData: keepPreviousData }),
  );
  if (isPending) return <SkeletonList shape="cards" label={shell("loading")} />;
  if (error) return <QueryError error={error} onRetry={() => void refetch()} room="page" />;
  return (
    <>
      {place.departmentId === null && place.page === 1 ? <AtHand /> : null}
      <output className={classes.count}>{t("found", { count: data.page.total })}</output>
      {data.items.length === 0 ? (
        <EmptyState room="page" title={t("emptyDepartmentTitle")} description={t("emptyDepartmentDescription")} />
      ) : (
        <PeopleList people={data.items} label={t("title")} />
      )}
      <PeoplePages page={place.page} totalPages={data.page.totalPages} hrefOf={(page) => hrefOfPlace({ ...place, page })} />
    </>
  );
}
