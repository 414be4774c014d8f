"use client";
import type { AssignmentView } from "@maru/api/identity/contract";
import { DateTime } from "@maru/ui/date-time";
import { useLocale, useTranslations } from "next-intl";
import { PersonLabel } from "../../../shell/person/person-label";
import { useNameOf } from "../hooks/use-words";
import classes from "./rights.module.css";

/** Where an assignment counts, who gave it and when. */
export function AssignedLine({ assignment }: { readonly assignment: AssignmentView }) {
  const t = useTranslations("rights");
  const locale = useLocale();
  const nameOf = useNameOf();
  const { department, assignedBy, isSourced, assignedAt } = assignment;
  const who = () => (assignedBy ? <PersonLabel person={assignedBy} /> : t("aDirectory"));
  const when = () => <DateTime iso={assignedAt} locale={locale} />;
  return (
    <>
      <span>{department ? nameOf(department) : t("everywhere")}</span>
      <span className={classes.muted}>{assignedBy || isSourced ? t.rich("assignedBy", { who, when }) : t("assignedAtStart")}</span>
    </>
  );
}
