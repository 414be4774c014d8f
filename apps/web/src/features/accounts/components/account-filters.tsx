"use client";
import { Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type AccountsPlace, STATUSES } from "../accounts-place";
import classes from "./account-filters.module.css";

const TYPING_PAUSE_MS = 250;

type AccountFiltersProps = { readonly place: AccountsPlace; readonly onChange: (place: AccountsPlace) => void };

/** A name, its initial consonants or a user name; and what has become of the account. */
export function AccountFilters({ place, onChange }: AccountFiltersProps) {
  const t = useTranslations("accounts");
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
      />
      <Select
        label={t("filters.status")}
        placeholder={t("filters.anyStatus")}
        data={STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        value={place.status || null}
        clearable
        clearButtonProps={{ "aria-label": t("filters.clear") }}
        onChange={(value) => onChange({ ...place, status: STATUSES.find((status) => status === value) ?? "" })}
      />
    </search>
  );
}
