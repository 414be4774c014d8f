"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { hrefOfPlace, type PeoplePlace } from "../people-place";
import classes from "./people-pages.module.css";

/** One page back, one page on; nothing where all fit on one. */
export function PeoplePages({ place, totalPages }: { readonly place: PeoplePlace; readonly totalPages: number }) {
  const t = useTranslations("people");
  if (totalPages <= 1) return null;
  const { page } = place;
  const to = (next: number) => hrefOfPlace({ ...place, page: next });
  return (
    <nav className={classes.pages} aria-label={t("pages")}>
      {page > 1 ? (
        <Button component={Link} href={to(page - 1)} variant="default">
          {t("previous")}
        </Button>
      ) : null}
      <span>{t("pageOf", { page, total: totalPages })}</span>
      {page < totalPages ? (
        <Button component={Link} href={to(page + 1)} variant="default">
          {t("next")}
        </Button>
      ) : null}
    </nav>
  );
}
