"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import classes from "./people-pages.module.css";

type PeoplePagesProps = { readonly page: number; readonly totalPages: number; readonly hrefOf: (page: number) => string };

/** One page back, one page on; nothing where all fit on one. */
export function PeoplePages({ page, totalPages, hrefOf }: PeoplePagesProps) {
  const t = useTranslations("people");
  if (totalPages <= 1) return null;
  return (
    <nav className={classes.pages} aria-label={t("pages")}>
      {page > 1 ? (
        <Button component={Link} href={hrefOf(page - 1)} variant="default">
          {t("previous")}
        </Button>
      ) : null}
      <span>{t("pageOf", { page, total: totalPages })}</span>
      {page < totalPages ? (
        <Button component={Link} href={hrefOf(page + 1)} variant="default">
          {t("next")}
        </Button>
      ) : null}
    </nav>
  );
}
