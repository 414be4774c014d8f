"use client";
import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useProfileChange } from "../hooks/use-profile-change";

const OFFICE = "Asia/Seoul";

/** The zone in which the person reads times. Without one it is the office's. */
export function TimeZoneSelect({ value }: { readonly value: string | null }) {
  const t = useTranslations("account.profile");
  const { save, isSaving } = useProfileChange();
  const zones = [...new Set([OFFICE, ...(value ? [value] : []), ...Intl.supportedValuesOf("timeZone")])].filter((zone) =>
    zone.includes("/"),
  );
  return (
    <Select
      label={t("timeZone")}
      description={t("timeZoneHint")}
      maw={480}
      searchable
      allowDeselect={false}
      disabled={isSaving}
      nothingFoundMessage={t("noTimeZone")}
      data={zones.map((zone) => ({ value: zone, label: zone === OFFICE ? `${zone} (${t("office")})` : zone }))}
      limit={50}
      value={value ?? OFFICE}
      onChange={(zone) => zone && save({ timeZone: zone === OFFICE ? null : zone })}
    />
  );
}
