"use client";
import { Button, Pill, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { formatPersonName } from "@maru/ui/person-name/format";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client";
import { AREAS, type AuditPlace, EVERYTHING, hrefOfPlace } from "../audit-place";
import { useWords } from "../hooks/use-words";
import classes from "./audit-filters.module.css";

type AuditFiltersProps = { readonly place: AuditPlace; readonly onChange: (place: AuditPlace) => void };

/** Period, person and kind of action; a record is chosen from one of its entries. */
export function AuditFilters({ place, onChange }: AuditFiltersProps) {
  const t = useTranslations("audit.filters");
  const words = useWords();
  const set = (change: Partial<AuditPlace>) => onChange({ ...place, ...change });
  const areas = AREAS.map((area) => ({ value: area, label: t(`areas.${area.replace(".", "-")}`) }));
  return (
    <search className={classes.filters} aria-label={t("label")}>
      <Day label={t("from")} value={place.from} max={place.to} onChange={(from) => set({ from })} />
      <Day label={t("to")} value={place.to} min={place.from} onChange={(to) => set({ to })} />
      <PersonFilter actorId={place.actorId} onChange={(actorId) => set({ actorId })} />
      <Select
        label={t("area")}
        placeholder={t("anyArea")}
        data={areas}
        value={place.area || null}
        clearable
        clearButtonProps={{ "aria-label": t("clear", { name: t("area") }) }}
        onChange={(area) => set({ area: AREAS.find((one) => one === area) ?? "" })}
      />
      <Button variant="subtle" disabled={hrefOfPlace(place) === hrefOfPlace(EVERYTHING)} onClick={() => onChange(EVERYTHING)}>
        {t("reset")}
      </Button>
      {place.subjectType ? (
        <Pill
          className={classes.subject}
          withRemoveButton
          removeButtonProps={{ "aria-label": t("clear", { name: t("subject") }), "aria-hidden": false, tabIndex: 0 }}
          onRemove={() => set({ subjectType: "", subjectId: "" })}
        >
          {words.subject(place.subjectType)} {place.subjectId}
        </Pill>
      ) : null}
    </search>
  );
}

type DayProps = {
  readonly label: string;
  readonly value: string;
  readonly min?: string;
  readonly max?: string;
  readonly onChange: (day: string) => void;
};

/** The browser's own calendar: it speaks the reader's language and knows the keyboard. */
function Day({ label, value, min, max, onChange }: DayProps) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      min={min || undefined}
      max={max || "2999-12-31"}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type PersonFilterProps = { readonly actorId: string; readonly onChange: (actorId: string) => void };

function PersonFilter({ actorId, onChange }: PersonFilterProps) {
  const t = useTranslations("audit.filters");
  const locale = useLocale();
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), 200);
  const search = useQuery({
    ...trpc.directory.searchPeople.queryOptions({ q, includeResigned: true }),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({ ...trpc.directory.getPerson.queryOptions({ id: actorId }), enabled: actorId !== "" });
  const people = [...(chosen.data ? [chosen.data] : []), ...(q === "" ? [] : (search.data ?? []))];
  const names = new Map(people.map((person) => [person.id, formatPersonName(person, { locale, withDepartment: true })]));
  return (
    <Select
      label={t("person")}
      placeholder={t("anyPerson")}
      nothingFoundMessage={q === "" || search.isFetching ? t("typeName") : t("nobody")}
      data={[...names].map(([value, label]) => ({ value, label }))}
      value={actorId || null}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("clear", { name: t("person") }) }}
      // The server has looked already, in initials and other spellings too.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={(id) => onChange(id ?? "")}
    />
  );
}
