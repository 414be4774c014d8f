"use client";
import { Button } from "@mantine/core";
import type { PersonDetailView } from "@maru/api/directory/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import classes from "./people-marks.module.css";
import { PersonRow } from "./person-row";

const SHOWN = 8;

/** Whom a person reports to, who enters absences for her, and who reports to her. */
export function PersonLine({ person: { manager, assistant, reports, reportCount } }: { readonly person: PersonDetailView }) {
  const t = useTranslations("people.line");
  const [isWhole, setWhole] = useState(false);
  if (!manager && !assistant && reports.length === 0) return null;
  const shown = isWhole ? reports : reports.slice(0, SHOWN);
  return (
    <>
      {manager || assistant ? (
        <PortletCard title={t("above")} isFlush>
          <ul className={classes.rows}>
            {manager ? (
              <li>
                <PersonRow person={manager}>
                  <span className={classes.quiet}>{t("manager")}</span>
                </PersonRow>
              </li>
            ) : null}
            {assistant ? (
              <li>
                <PersonRow person={assistant}>
                  <span className={classes.quiet}>{t("assistant")}</span>
                </PersonRow>
              </li>
            ) : null}
          </ul>
        </PortletCard>
      ) : null}
      {reports.length > 0 ? (
        <PortletCard title={t("reports", { count: reportCount })} isFlush>
          <ul className={classes.rows} aria-label={t("reports", { count: reportCount })}>
            {shown.map((report) => (
              <li key={report.id}>
                <PersonRow person={report} />
              </li>
            ))}
          </ul>
          {shown.length < reports.length ? (
            <div className={classes.absence}>
              <Button variant="default" size="xs" onClick={() => setWhole(true)}>
                {t("showAll")}
              </Button>
            </div>
          ) : null}
        </PortletCard>
      ) : null}
    </>
  );
}
