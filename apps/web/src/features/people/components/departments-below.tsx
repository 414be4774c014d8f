"use client";
import type { ChartDepartmentView, ColleagueView } from "@maru/api/directory/contract";
import { IconUsersGroup } from "@tabler/icons-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { PersonLabel } from "../../../shell/person/person-label";
import { PortletCard } from "../../../shell/portlet-card";
import { AwayMark } from "./away-mark";
import classes from "./people-marks.module.css";
import { PersonRow } from "./person-row";

type DepartmentsBelowProps = { readonly head: ColleagueView | null; readonly departments: readonly ChartDepartmentView[] };

/** Who leads a department, and the departments directly below it with their own heads. */
export function DepartmentsBelow({ head, departments }: DepartmentsBelowProps) {
  const t = useTranslations("people");
  const isKorean = useLocale() === "ko";
  return (
    <>
      <PortletCard title={t("head")} isFlush>
        {head ? <PersonRow person={head} /> : <p className={classes.empty}>{t("chart.noHead")}</p>}
      </PortletCard>
      {departments.length > 0 ? (
        <PortletCard title={t("below")} isFlush>
          <ul className={classes.rows}>
            {departments.map(({ id, name, nameEn, head: leader, totalCount }) => (
              <li key={id}>
                <Link className={classes.row} href={`/departments/${id}`} prefetch={false}>
                  <IconUsersGroup size={20} stroke={1.5} aria-hidden />
                  <span className={classes.grow}>
                    {isKorean ? name : nameEn}
                    {leader ? (
                      <span className={classes.below}>
                        <PersonLabel person={leader} />
                        <AwayMark until={leader.awayUntil} />
                      </span>
                    ) : null}
                  </span>
                  <span className={classes.quiet}>{t("atHand.people", { count: totalCount })}</span>
                </Link>
              </li>
            ))}
          </ul>
        </PortletCard>
      ) : null}
    </>
  );
}
