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
import { AwayMark } from "../components/away-mark";
import { FavouriteStar } from "../components/favourite-star";
import { PersonAbsences } from "../components/person-absences";
import { PersonContact } from "../components/person-contact";
import { PersonLine } from "../components/person-line";
import { PersonPlaces } from "../components/person-places";
import { useNoteSeen } from "../hooks/use-note-seen";
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
  useNoteSeen(person.id);
  const isKorean = locale === "ko";
  const department = isKorean ? person.department : (person.departmentEn ?? person.department);
  const otherName = isKorean ? person.nameEn : person.name;
  const crumbs = [
    { label: t("title"), href: "/people" },
    ...(department ? [{ label: department, href: `/departments/${person.departmentId}` }] : []),
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
            <AwayMark until={person.awayUntil} />
          </h1>
          {otherName ? <p className={classes.other}>{otherName}</p> : null}
          <p className={classes.department}>
            {department}
            {person.state === "ON_LEAVE" ? <span className={classes.state}>{t("onLeave")}</span> : null}
          </p>
        </div>
        <div className={classes.star}>
          <FavouriteStar kind="PERSON" id={person.id} isFavourite={person.isFavourite} />
        </div>
      </header>
      <div className={classes.columns}>
        <div className={classes.column}>
          <PersonContact person={person} />
          <PersonAbsences person={person} />
        </div>
        <div className={classes.column}>
          <PersonPlaces person={person} />
          <PersonLine person={person} />
        </div>
      </div>
    </article>
  );
}
