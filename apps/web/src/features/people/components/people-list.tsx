"use client";
import type { ColleagueView, PersonView } from "@maru/api/directory/contract";
import { PersonAvatar } from "@maru/ui/person-avatar";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useAccount } from "../../../shell/account";
import { PersonLabel } from "../../../shell/person/person-label";
import { homonymsIn } from "../homonyms";
import { AwayMark } from "./away-mark";
import classes from "./people-list.module.css";

/** Somebody in a list; a search tells less of her than a list of a department. */
type ListedPerson = PersonView & Partial<Pick<ColleagueView, "employeeNo" | "awayUntil">>;

/** People by their standing: face, name, department, duty. Each leads to the person's page. */
export function PeopleList({ people, label }: { readonly people: readonly ListedPerson[]; readonly label: string }) {
  const t = useTranslations("people");
  const isKorean = useLocale() === "ko";
  const { person: self } = useAccount();
  const homonyms = homonymsIn(people);
  return (
    <ul className={classes.list} aria-label={label}>
      {people.map((person) => (
        <li key={person.id}>
          <Link className={classes.person} href={`/people/${person.id}`} prefetch={false}>
            <PersonAvatar person={person} size={36} />
            <span className={classes.who}>
              <span className={classes.name}>
                <PersonLabel person={person} strong />
                {person.id === self.id ? <span className={classes.self}>{t("me")}</span> : null}
                <AwayMark until={person.awayUntil} />
                {person.state === "ON_LEAVE" ? <span className={classes.state}>{t("onLeave")}</span> : null}
              </span>
              <span className={classes.department}>
                {isKorean ? person.department : (person.departmentEn ?? person.department)}
                {homonyms.has(person.name) && person.employeeNo ? ` · ${person.employeeNo}` : null}
              </span>
            </span>
            <span className={classes.rank}>{isKorean ? person.rank : (person.rankEn ?? person.rank)}</span>
            <span className={classes.duty}>{isKorean ? person.title : (person.titleEn ?? person.title)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
