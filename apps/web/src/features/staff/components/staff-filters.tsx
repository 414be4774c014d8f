"use client";
import { Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { STATES, type StaffPlace } from "../staff-place";
import { DepartmentSelect } from "./department-select";
import classes from "./staff.module.css";

const TYPING_PAUSE_MS = 250;

type StaffFiltersProps = { readonly place: StaffPlace; readonly onChange: (place: StaffPlace) => void };

/** A name, its initial consonants or a number; a department; and what has become of the people. */
export function StaffFilters({ place, onChange }: StaffFiltersProps) {
  const t = useTranslations("staff");
  const [typed, setTyped] = useState(place.query);
  const look = useDebouncedCallback((query: string) => onChange({ ...place, query: query.trim() }), TYPING_PAUSE_MS);
  return (
    <search className={classes.filters} aria-label={t("filters.label")}>
      <TextInput
        type="search"
        label={t("filters.query")}
        placeholder={t("filters.queryExample")}
        maxLength={50}
        autoComplete="off"
        leftSection={<IconSearch size={18} stroke={1.5} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          look(event.currentTarget.value);
        }}
        // Whoever goes on to a person within the pause stays there: the search that was waiting is done before.
        onBlur={() => look.flush()}
      />
      <DepartmentSelect
        label={t("filters.department")}
        placeholder={t("filters.anyDepartment")}
        value={place.departmentId || null}
        onChange={(departmentId) => onChange({ ...place, departmentId: departmentId ?? "" })}
        clearLabel={t("filters.clear")}
      />
      <Select
        label={t("filters.state")}
        placeholder={t("filters.anyState")}
        data={STATES.map((state) => ({ value: state, label: t(`states.${state}`) }))}
        value={place.state || null}
        clearable
        clearButtonProps={{ "aria-label": t("filters.clear") }}
        onChange={(value) => onChange({ ...place, state: STATES.find((state) => state === value) ?? "" })}
      />
    </search>
  );
}
