"use client";
import type { EntryView } from "@maru/api/audit/contract";
import { useLocale, useTranslations } from "next-intl";

/** Names of actions and records in the reader's language; one that has no word yet is told as it stands in the code. */
export const useWords = () => {
  const t = useTranslations("audit");
  const locale = useLocale();
  return {
    action: (name: string): string => (t.has(`actions.${name}`) ? t(`actions.${name}`) : name),
    /** What the record of an entry is called, or null where it has no name. */
    named: ({ subjectName }: Pick<EntryView, "subjectName">): string | null =>
      (locale === "ko" ? null : subjectName?.nameEn) ?? subjectName?.name ?? null,
    subject: (name: string): string => (t.has(`subjects.${name}.name`) ? t(`subjects.${name}.name`) : name),
  };
};
