"use client";
import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { PortletCard } from "../../../shell/portlet-card";
import { useDepartmentChoices } from "../hooks/use-names";
import classes from "./source.module.css";
import { SourceField, type SourceFormProps } from "./source-field";

/** Which part of the directory is read, and where its tree stands in Maru. */
export function SearchFields(form: SourceFormProps) {
  const t = useTranslations("sync.source");
  const departments = useDepartmentChoices();
  return (
    <PortletCard title={t("search")}>
      <div className={classes.fields}>
        <SourceField {...form} field="baseDn" placeholder={t("baseDnExample")} maxLength={1_000} />
        <SourceField {...form} field="filter" maxLength={2_000} />
        <Select
          label={t("rootDepartment")}
          placeholder={t("rootTop")}
          data={departments}
          value={form.draft.rootDepartmentId}
          onChange={(rootDepartmentId) => form.set({ rootDepartmentId })}
          searchable
          clearable
          clearButtonProps={{ "aria-label": t("clearRoot") }}
          limit={100}
        />
      </div>
    </PortletCard>
  );
}
