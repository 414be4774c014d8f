"use client";
import type { PersonView } from "@maru/api/directory/contract";
import { useLocale } from "next-intl";
import { useState } from "react";
import { PeoplePicker } from "./people-picker";
import { type Picked, pickedPerson } from "./picks";

type PersonSelectProps = {
  readonly label: string;
  readonly description?: string;
  readonly value: string | null;
  readonly onChange: (personId: string | null) => void;
  readonly error?: string;
  /** Who is chosen already, before anybody was looked for. */
  readonly known?: PersonView | null;
  /** Who can't be chosen: nobody stands in for herself. */
  readonly exceptIds?: readonly string[];
  readonly clearLabel?: string;
};

/** The picker of people for a form that keeps an id. */
export function PersonSelect({ value, onChange, known = null, ...field }: PersonSelectProps) {
  const locale = useLocale();
  const [chosen, setChosen] = useState<Picked | null>(known && pickedPerson(known, locale));
  const choose = (picked: Picked | null) => {
    setChosen(picked);
    onChange(picked?.id ?? null);
  };
  return <PeoplePicker {...field} value={chosen?.id === value ? chosen : null} onChange={choose} />;
}
