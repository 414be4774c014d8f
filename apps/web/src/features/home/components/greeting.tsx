"use client";
import { useNow } from "@maru/ui/clock";
import { formatDateTime } from "@maru/ui/date-time/format";
import { formatPersonName } from "@maru/ui/person-name/format";
import { useLocale, useTranslations } from "next-intl";
import { useAccount } from "../../../shell/account";
import { useDepartmentName } from "../../../shell/person/use-department-name";
import { partOfDay } from "../part-of-day";
import classes from "./greeting.module.css";

/** The first words of the day, with the date that belongs on every Korean desk. */
export function Greeting() {
  const t = useTranslations("home");
  const locale = useLocale();
  const now = useNow();
  const { person } = useAccount();
  const department = useDepartmentName(person);
  // English says hello to a name, Korean to a name with its rank and 님.
  const name = locale === "ko" ? formatPersonName(person, { locale, honorific: true }) : (person.nameEn ?? person.name);
  return (
    <header className={classes.greeting}>
      <h1 className={classes.words}>{now ? t(partOfDay(now), { name }) : t("nobody")}</h1>
      <p className={classes.today}>
        {now ? <time dateTime={now.slice(0, 10)}>{formatDateTime(now, { locale, form: "date" })}</time> : null}
        {department ? <span>{department}</span> : null}
      </p>
    </header>
  );
}
