"use client";
import { Button } from "@mantine/core";
import type { PersonDetailView } from "@maru/api/directory/contract";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PortletCard } from "../../../shell/portlet-card";
import { AbsenceDialog } from "./absence-dialog";
import { AbsenceList } from "./absence-list";
import classes from "./people-marks.module.css";

/** When a person is away now and soon, who stands in; whoever may, enters the next absence here. */
export function PersonAbsences({ person }: { readonly person: PersonDetailView }) {
  const t = useTranslations("people.absence");
  const [isEntering, setEntering] = useState(false);
  const { absences, can } = person;
  return (
    <PortletCard title={t("title")} isFlush>
      {absences.length === 0 ? <p className={classes.empty}>{t("none")}</p> : <AbsenceList absences={absences} label={t("title")} />}
      {can.enterAbsence ? (
        <div className={classes.absence}>
          <Button variant="default" size="xs" onClick={() => setEntering(true)}>
            {t("enter")}
          </Button>
        </div>
      ) : null}
      {isEntering ? <AbsenceDialog personId={person.id} absence={null} onClose={() => setEntering(false)} /> : null}
    </PortletCard>
  );
}
