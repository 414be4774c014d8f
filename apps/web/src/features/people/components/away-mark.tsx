"use client";
import { useTranslations } from "next-intl";
import { usePeriod } from "../hooks/use-period";
import classes from "./people-marks.module.css";

/** 부재 beside the name of somebody who is away now; nothing beside anybody else. */
export function AwayMark({ until }: { readonly until: string | null | undefined }) {
  const t = useTranslations("people.absence");
  const words = usePeriod();
  if (!until) return null;
  return (
    <span className={classes.away} title={t("until", { moment: words.until(until) })}>
      {t("away")}
    </span>
  );
}
