"use client";
import { IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import classes from "./people-marks.module.css";
import { PersonRow } from "./person-row";

const SHOWN = 5;

/** The people and departments that one keeps at hand; a word about the star where there are none. */
export function Favourites() {
  const t = useTranslations("people.atHand");
  const isKorean = useLocale() === "ko";
  const { data } = useQuery(useTRPC().directory.listFavourites.queryOptions({}));
  if (!data) return null;
  const isEmpty = data.people.length + data.departments.length === 0;
  return (
    <PortletCard title={t("favourites")} isFlush>
      {isEmpty ? <p className={classes.empty}>{t("noFavourites")}</p> : null}
      <ul className={classes.rows}>
        {data.people.map((person) => (
          <li key={person.id}>
            <PersonRow person={person} />
          </li>
        ))}
        {data.departments.map(({ id, name, nameEn, totalCount }) => (
          <li key={id}>
            <Link className={classes.row} href={`/departments/${id}`} prefetch={false}>
              <IconUsersGroup size={20} stroke={1.5} aria-hidden />
              <span className={classes.grow}>{isKorean ? name : nameEn}</span>
              <span className={classes.quiet}>{t("people", { count: totalCount })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </PortletCard>
  );
}

/** Whose pages one opened lately; nothing before the first. */
export function Recent() {
  const t = useTranslations("people.atHand");
  const { data } = useQuery(useTRPC().directory.listRecent.queryOptions({}));
  if (!data || data.length === 0) return null;
  return (
    <PortletCard title={t("recent")} isFlush>
      <ul className={classes.rows}>
        {data.slice(0, SHOWN).map((person) => (
          <li key={person.id}>
            <PersonRow person={person} />
          </li>
        ))}
      </ul>
    </PortletCard>
  );
}
