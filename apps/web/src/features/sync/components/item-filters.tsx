"use client";
import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ACTIONS, EVERYTHING, type ItemsPlace, STATUSES, TARGETS } from "../items-place";
import classes from "./sync.module.css";

const TYPING_PAUSE_MS = 250;

type ItemFiltersProps = { readonly place: ItemsPlace; readonly onChange: (place: ItemsPlace) => void };

/** What is changed, how, what became of it, and a name. */
export function ItemFilters({ place, onChange }: ItemFiltersProps) {
  const t = useTranslations("sync.items");
  const [typed, setTyped] = useState(place.query);
  const look = useDebouncedCallback((query: string) => onChange({ ...place, query: query.trim() }), TYPING_PAUSE_MS);
  // The address may be changed from elsewhere on the page.
  useEffect(() => setTyped((now) => (now.trim() === place.query ? now : place.query)), [place.query]);
  const isEverything = JSON.stringify(place) === JSON.stringify(EVERYTHING);
  return (
    <search className={classes.filters} aria-label={t("filters")}>
      <TextInput
        type="search"
        label={t("text")}
        maxLength={100}
        autoComplete="off"
        leftSection={<IconSearch size={18} stroke={1.5} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          look(event.currentTarget.value);
        }}
      />
      <Choice
        label={t("target")}
        data={TARGETS.map((value) => ({ value, label: t(`targets.${value}`) }))}
        value={place.target}
        onChange={(target) => onChange({ ...place, target })}
      />
      <Choice
        label={t("action")}
        data={ACTIONS.map((value) => ({ value, label: t(`actions.${value}`) }))}
        value={place.action}
        onChange={(action) => onChange({ ...place, action })}
      />
      <Choice
        label={t("status")}
        data={STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))}
        value={place.status}
        onChange={(status) => onChange({ ...place, status })}
      />
      <Checkbox
        className={classes.heldOnly}
        label={t("onlyHeld")}
        checked={place.isHeld}
        onChange={(event) => onChange({ ...place, isHeld: event.currentTarget.checked })}
      />
      <Button variant="subtle" disabled={isEverything} onClick={() => onChange(EVERYTHING)}>
        {t("reset")}
      </Button>
    </search>
  );
}

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly data: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value | "";
  readonly onChange: (value: Value | "") => void;
};

function Choice<Value extends string>({ label, data, value, onChange }: ChoiceProps<Value>) {
  const t = useTranslations("sync.items");
  return (
    <Select
      label={label}
      placeholder={t("any")}
      data={[...data]}
      value={value || null}
      clearable
      clearButtonProps={{ "aria-label": t("clear", { name: label }) }}
      onChange={(chosen) => onChange(data.find((one) => one.value === chosen)?.value ?? "")}
    />
  );
}
