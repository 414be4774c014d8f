"use client";
import type { ReorganisationPreview } from "@maru/api/directory/contract";
import { StatusBadge } from "@maru/ui/status-badge";
import { useLocale, useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { ConsequenceList } from "../../staff/components/consequence-list";
import staff from "../../staff/components/staff.module.css";
import { useNameOf } from "../../staff/hooks/use-name-of";

type Change = ReorganisationPreview["changes"][number];

/** What would differ afterwards: department by department, how many people move, and what follows for boards and roles. */
export function PreviewCard({ preview }: { readonly preview: ReorganisationPreview }) {
  const t = useTranslations("reorganisation");
  const { changes, movedPeople, consequences, fault } = preview;
  return (
    <PortletCard title={t("previewTitle")}>
      <div className={staff.stack} aria-live="polite">
        {fault ? <p className={staff.fault}>{t("faulty", { number: fault.at + 1 })}</p> : null}
        {!fault && changes.length === 0 && movedPeople === 0 ? <p className={staff.muted}>{t("nothing")}</p> : null}
        {changes.length > 0 ? (
          <ul className={staff.consequences} aria-label={t("changes")}>
            {changes.map((change) => (
              <ChangeRow key={change.id} change={change} />
            ))}
          </ul>
        ) : null}
        {movedPeople > 0 ? <p>{t("moved", { count: movedPeople })}</p> : null}
        {consequences.length > 0 ? <ConsequenceList consequences={consequences} /> : null}
      </div>
    </PortletCard>
  );
}

function ChangeRow({ change }: { readonly change: Change }) {
  const t = useTranslations("reorganisation");
  const isKorean = useLocale() === "ko";
  const nameOf = useNameOf();
  const { before, after, turns } = change;
  const parentOf = (standing: Change["after"]) => (isKorean ? standing.parent : standing.parentEn) ?? t("top");
  return (
    <li>
      <span className={staff.name}>
        {nameOf(after)}
        {turns.map((turn) => (
          <StatusBadge key={turn} tone={turn === "CLOSED" ? "caution" : "progress"} label={t(`turns.${turn}`)} />
        ))}
      </span>
      <span className={staff.muted}>
        {turns.includes("CREATED") ? t("diff.CREATED", { parent: parentOf(after), code: after.code }) : null}
        {before && turns.includes("RENAMED")
          ? t("diff.RENAMED", { before: `${nameOf(before)} (${before.code})`, after: `${nameOf(after)} (${after.code})` })
          : null}{" "}
        {before && turns.includes("MOVED") ? t("diff.MOVED", { before: parentOf(before), after: parentOf(after) }) : null}{" "}
        {turns.includes("CLOSED") ? t("diff.CLOSED") : null}
      </span>
    </li>
  );
}
