"use client";
import type { PersonDetailView } from "@maru/api/directory/contract";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { formatPersonName } from "@maru/ui/person-name/format";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { Breadcrumbs } from "../../../shell/breadcrumbs";
import { PersonLabel } from "../../../shell/person/person-label";
import { QueryError } from "../../../shell/states/query-error";
import { useTRPC } from "../../../trpc/client";
import { PersonContact } from "../components/person-contact";
import { PersonPlaces } from "../components/person-places";
import { hrefOfPlace } from "../people-place";
import classes from "./person-screen.module.css";

/** One person: who, where, how to reach. */
export function PersonScreen({ id }: { readonly id: string }) {
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const { data, isPending, error, refetch } = useQuery(trpc.directory.getPerson.queryOptions({ id }));
  if (isPending) return <SkeletonList shape="cards" count={3} label={shell("loading")} />;
  if (error) return <QueryError error={error} onRetry={() => void refetch()} room="page" headingLevel={1} />;
  return <Person person={data} />;
}

function Person({ person }: { readonly person: PersonDetailView }) {
  const t = useTranslations("people");
  const locale = useLocale();
  const isKorean = locale === "ko";
  const department = isKorean ? person.department : (person.departmentEn ?? person.department);
  const otherName = isKorean ? person.nameEn : person.name;
  const crumbs = [
    { label: t("title"), href: "/people" },
    ...(department ? [{ label: department, href: hrefOfPlace({ departmentId: person.departmentId, query: "", page: 1 }) }] : []),
    { label: formatPersonName(person, { locale }) },
  ];
  return (
    <article className={classes.page}>
      <div className={classes.crumbs}>
        <Breadcrumbs crumbs={crumbs} />
      </div>
      <header className={classes.head}>
        <PersonAvatar person={person} size={88} />
        <div className={classes.lines}>
          <h1 className={classes.name}>
            <PersonLabel person={person} strong />
          </h1>
          {otherName ? <p className={classes.other}>{otherName}</p> : null}
          <p className={classes.department}>
            {department}
            {person.state === "ON_LEAVE" ? <span className={classes.state}>{t("onLeave")}</span> : null}
          </p>
        </div>
      </header>
      <div className={classes.columns}>
        <PersonContact person={person} />
        <PersonPlaces person={person} />
      </div>
    </article>
  );
}
