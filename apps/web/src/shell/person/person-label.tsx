"use client";
import type { PersonView } from "@maru/api/directory/contract";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { PersonName, type PersonNameProps } from "@maru/ui/person-name";
import { useLocale } from "next-intl";
import { shownPerson } from "./shown-person";

/** A person's name in the reader's language. */
export function PersonLabel({ person, ...options }: Omit<PersonNameProps, "person" | "locale"> & { readonly person: PersonView }) {
  return <PersonName person={shownPerson(person)} locale={useLocale()} {...options} />;
}

/** A person's picture beside her name. */
export function PersonFace({ person, size }: { readonly person: PersonView; readonly size?: number }) {
  return <PersonAvatar person={shownPerson(person)} size={size} />;
}
