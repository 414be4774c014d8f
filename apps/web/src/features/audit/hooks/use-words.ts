"use client";
import { useTranslations } from "next-intl";

/** Names of actions and records in the reader's language; one that has no word yet is told as it stands in the code. */
export const useWords = () => {
  const t = useTranslations("audit");
  return {
    action: (name: string): string => (t.has(`actions.${name}`) ? t(`actions.${name}`) : name),
    subject: (name: string): string => (t.has(`subjects.${name}.name`) ? t(`subjects.${name}.name`) : name),
  };
};
