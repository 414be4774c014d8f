"use client";
import type { PersonDetailView } from "@maru/api/directory/contract";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import classes from "./person-facts.module.css";

/** Where a person belongs: 겸직 is normal, so there may be several. */
export function PersonPlaces({ person }: { readonly person: PersonDetailView }) {
  const t = useTranslations("people");
  const isKorean = useLocale() === "ko";
  const rank = isKorean ? person.rank : (person.rankEn ?? person.rank);
  return (
    <PortletCard title={t("places")}>
      <ul className={classes.places}>
        {person.places.map((place) => (
          <li key={`${place.departmentId} ${place.title}`}>
            <Link href={`/departments/${place.departmentId}`}>{isKorean ? place.department : place.departmentEn}</Link>
            <span className={classes.duty}>{(isKorean ? place.title : (place.titleEn ?? place.title)) ?? rank}</span>
            <span className={classes.kind} data-primary={place.isPrimary || undefined}>
              {t(place.isPrimary ? "primary" : "concurrent")}
            </span>
          </li>
        ))}
      </ul>
    </PortletCard>
  );
}
