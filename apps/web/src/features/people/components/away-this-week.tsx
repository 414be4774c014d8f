"use client";
import { SkeletonList } from "@maru/ui/skeleton-list";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { useTRPC } from "../../../trpc/client";
import { windowOf } from "../absence-times";
import { usePeriod } from "../hooks/use-period";
import classes from "./people-marks.module.css";
import { PersonRow } from "./person-row";

/** Who is away this week in a department with all below it, one's own unless another is named. */
export function AwayThisWeek({ departmentId }: { readonly departmentId?: string }) {
  const t = useTranslations("people.absence");
  const { period } = usePeriod();
  const [week] = useState(() => windowOf(new Date(), "week"));
  const shell = useTranslations("shell");
  const { data, isPending } = useQuery(
    useTRPC().directory.listAbsences.queryOptions({ ...week, ...(departmentId ? { departmentId } : {}) }),
  );
  return (
    <PortletCard title={t("thisWeek")} isFlush>
      {isPending ? <SkeletonList shape="rows" count={2} label={shell("loading")} /> : null}
      {data?.length === 0 ? <p className={classes.empty}>{t("nobodyAway")}</p> : null}
      <ul className={classes.rows}>
        {data?.map(({ id, person, reason, startsAt, endsAt }) => (
          <li key={id}>
            <PersonRow person={person} about={`${t(`reasons.${reason}`)} · ${period(startsAt, endsAt)}`} />
          </li>
        ))}
      </ul>
    </PortletCard>
  );
}
