"use client";
import { CloseButton, Combobox, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../trpc/client";
import classes from "./people-picker.module.css";
import { PickerOption } from "./picker-option";
import { type Picked, toChoices } from "./picks";

const TYPING_PAUSE_MS = 150;
const OF_EACH_KIND = 10;

export type PeoplePickerProps = {
  readonly label: string;
  readonly description?: string;
  readonly error?: string;
  readonly value: Picked | null;
  readonly onChange: (picked: Picked | null) => void;
  /** Departments can be chosen too. */
  readonly withDepartments?: boolean;
  /** Who can't be chosen. */
  readonly exceptIds?: readonly string[];
  /** What the button is called that empties the field. */
  readonly clearLabel?: string;
};

/**
 * Chooses a person, or a department where that is asked for, while one types: by everything that the search of the directory knows. Arrows move,
 * Enter chooses, Escape closes; Enter that ends a syllable is not Enter.
 */
export function PeoplePicker({ value, onChange, withDepartments = false, exceptIds = [], clearLabel, ...field }: PeoplePickerProps) {
  const t = useTranslations("picker");
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const { groups, isSearching, isFailed } = useChoices(typed ?? "", withDepartments, exceptIds);
  const choices = groups.flatMap((group) => group.choices);
  const pick = (picked: Picked | null) => {
    onChange(picked);
    setTyped(null);
    combobox.closeDropdown();
  };
  const change = (text: string) => {
    setTyped(text);
    combobox.openDropdown();
    combobox.resetSelectedOption();
    if (text === "") onChange(null);
  };
  const hint = (typed ?? "").trim() === "" ? t("type") : isFailed ? t("failed") : isSearching ? t("searching") : t("nothing");
  return (
    <Combobox store={combobox} onOptionSubmit={(id) => pick(choices.find((choice) => choice.id === id) ?? null)}>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          {...field}
          aria-autocomplete="list"
          placeholder={t("placeholder")}
          maxLength={50}
          autoComplete="off"
          spellCheck={false}
          value={typed ?? value?.label ?? ""}
          rightSection={
            value ? <CloseButton aria-label={clearLabel ?? t("clear", { name: field.label })} onClick={() => pick(null)} /> : null
          }
          onChange={(event) => change(event.currentTarget.value)}
          onFocus={() => combobox.openDropdown()}
          // What was typed and not chosen is nobody: the one who stands there stays.
          onBlur={() => {
            setTyped(null);
            combobox.closeDropdown();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={field.label} className={classes.options}>
          {choices.length === 0 ? <Combobox.Empty>{hint}</Combobox.Empty> : null}
          {groups.map((group) => (
            <Combobox.Group key={group.kind} label={withDepartments ? t(group.kind) : undefined}>
              {group.choices.map((choice) => (
                <PickerOption key={choice.id} choice={choice} />
              ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
        <output className="maru-spoken">{isSearching || choices.length === 0 ? hint : t("found", { count: choices.length })}</output>
      </Combobox.Dropdown>
    </Combobox>
  );
}

const useChoices = (text: string, withDepartments: boolean, exceptIds: readonly string[]) => {
  const locale = useLocale();
  const trpc = useTRPC();
  const query = text.trim();
  const [q] = useDebouncedValue(query, TYPING_PAUSE_MS);
  const answer = useQuery({
    ...trpc.search.autocomplete.queryOptions({ q, limit: OF_EACH_KIND }),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
  const found = query === "" ? undefined : answer.data;
  const { people, departments } = toChoices(found, locale, exceptIds);
  const groups = [
    { kind: "people" as const, choices: people },
    { kind: "departments" as const, choices: withDepartments ? departments : [] },
  ];
  return {
    groups: groups.filter(({ choices }) => choices.length > 0),
    isSearching: answer.isFetching || q !== query,
    isFailed: answer.isError,
  };
};
