"use client";
import type { FoundPersonView } from "@maru/api/directory/contract";
import { MarkedText } from "@maru/ui/marked-text";
import { formatPersonName } from "@maru/ui/person-name/format";
import { useLocale } from "next-intl";
import { marksOf } from "./marks";

/** A found person's name in the reader's language, with what was asked for marked. */
export function FoundName({ person }: { readonly person: FoundPersonView }) {
  const text = formatPersonName(person, { locale: useLocale() });
  return <MarkedText text={text} ranges={marksOf(text, person)} />;
}
