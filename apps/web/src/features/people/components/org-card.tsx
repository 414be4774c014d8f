"use client";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { memo } from "react";
import { PersonLabel } from "../../../shell/person/person-label";
import type { PlacedDepartment } from "../chart-layout";
import { AwayMark } from "./away-mark";
import classes from "./org-picture.module.css";

type OrgCardProps = { readonly placed: PlacedDepartment; readonly onFocus: () => void };

/** A department in the picture. It is drawn once: moving the picture does not touch it. */
export const OrgCard = memo(
  function OrgCard({ placed: { department, x, y, width, height }, onFocus }: OrgCardProps) {
    const t = useTranslations("people");
    const isKorean = useLocale() === "ko";
    const { id, kind, name, nameEn, head, totalCount } = department;
    return (
      <Link
        className={classes.card}
        href={`/departments/${id}`}
        prefetch={false}
        draggable={false}
        data-kind={kind}
        style={{ left: x, top: y, inlineSize: width, blockSize: height }}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && onFocus()}
      >
        <span className={classes.name}>{isKorean ? name : nameEn}</span>
        <span className={classes.head}>
          {head ? <PersonLabel person={head} /> : t("chart.noHead")}
          <AwayMark until={head?.awayUntil} />
        </span>
        <span className={classes.count}>{t("atHand.people", { count: totalCount })}</span>
      </Link>
    );
  },
  (before, after) => before.placed === after.placed,
);
