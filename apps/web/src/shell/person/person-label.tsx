"use client";
import { PersonName, type PersonNameProps } from "@maru/ui/person-name";
import { useLocale } from "next-intl";

/** A person's name in the reader's language. */
export function PersonLabel(props: Omit<PersonNameProps, "locale">) {
  return <PersonName locale={useLocale()} {...props} />;
}
