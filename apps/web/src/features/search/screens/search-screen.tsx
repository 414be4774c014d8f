"use client";
import { EmptyState } from "@maru/ui/empty-state";
import { PageHeader } from "@maru/ui/page-header";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { FoundDepartments } from "../components/found-departments";
import { FoundPeople } from "../components/found-people";
import { SearchBox } from "../components/search-box";
import { departmentsInput, PEOPLE_SHOWN, peopleInput, readQuery } from "../search-place";
import classes from "./search-screen.module.css";

/** Everything that a text finds, by kind. */
export function SearchScreen() {
  const t = useTranslations("search");
  const query = readQuery(useSearchParams().get("q"));
  return (
    <div className={classes.page}>
      <PageHeader title={query ? t("titleFor", { query }) : t("title")} />
      <SearchBox asked={query} />
      {query === "" ? (
        <EmptyState icon={IconSearch} room="page" title={t("startTitle")} description={t("startDescription")} />
      ) : (
        <Results query={query} />
      )}
    </div>
  );
}

function Results({ query }: { readonly query: string }) {
  const t = useTranslations("search");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const people = useQuery(trpc.search.employees.queryOptions(peopleInput(query), { placeholderData: keepPreviousData }));
  const departments = useQuery(trpc.search.departments.queryOptions(departmentsInput(query), { placeholderData: keepPreviousData }));
  const failed = [people, departments].find(({ error }) => error !== null);
  if (failed) return <QueryError error={failed.error} onRetry={() => void failed.refetch()} room="page" />;
  if (!people.data || !departments.data) return <SkeletonList shape="cards" label={shell("loading")} />;
  const counts = { people: people.data.length, departments: departments.data.length };
  return (
    <>
      <output className={classes.count}>
        {t("found", counts)} {counts.people === PEOPLE_SHOWN ? t("atMost", { count: PEOPLE_SHOWN }) : null}
      </output>
      {counts.people + counts.departments === 0 ? (
        <EmptyState icon={IconSearch} room="page" title={t("emptyTitle", { query })} description={t("emptyDescription")} />
      ) : null}
      {counts.departments > 0 ? (
        <Section title={t("departments")}>
          <FoundDepartments departments={departments.data} label={t("departments")} />
        </Section>
      ) : null}
      {counts.people > 0 ? (
        <Section title={t("people")}>
          <FoundPeople people={people.data} label={t("people")} />
        </Section>
      ) : null}
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{title}</h2>
      {children}
    </section>
  );
}
