"use client";
import { Checkbox, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import classes from "./source.module.css";
import type { SourceFormProps } from "./source-field";

const PAUSES = [5, 15, 30, 60, 180, 360, 720, 1_440] as const;
const NEVER = "none";

/** When the source is read by itself. */
export function ScheduleFields({ draft, set }: SourceFormProps) {
  const t = useTranslations("sync.source");
  const { deltaMinutes } = draft;
  // A pause that somebody has set elsewhere is offered as well.
  const pauses = [...new Set([...PAUSES, ...(deltaMinutes === null ? [] : [deltaMinutes])])].sort((a, b) => a - b);
  const wordsOf = (minutes: number) => (minutes % 60 === 0 ? t("deltas.hours", { hours: minutes / 60 }) : t("deltas.minutes", { minutes }));
  return (
    <PortletCard title={t("schedule")}>
      <div className={classes.fields}>
        <Checkbox
          label={t("isEnabled")}
          description={t("isEnabledDescription")}
          checked={draft.isEnabled}
          onChange={(event) => set({ isEnabled: event.currentTarget.checked })}
        />
        <div className={classes.row}>
          <Select
            label={t("delta")}
            data={[{ value: NEVER, label: t("deltas.none") }, ...pauses.map((value) => ({ value: String(value), label: wordsOf(value) }))]}
            value={deltaMinutes === null ? NEVER : String(deltaMinutes)}
            allowDeselect={false}
            onChange={(value) => set({ deltaMinutes: value === null || value === NEVER ? null : Number(value) })}
          />
          <TextInput
            type="time"
            label={t("fullAt")}
            value={draft.fullAt}
            onChange={(event) => set({ fullAt: event.currentTarget.value })}
          />
        </div>
        <p className={classes.hint}>{t("fullAtDescription")}</p>
      </div>
    </PortletCard>
  );
}
