"use client";
import { useTranslations } from "next-intl";
import { useWords } from "../../sync/hooks/use-words";

/** What is wrong with a row, cell by cell, and what to do about it: `email.invalid rank.unknown`. */
export const useProblemWords = () => {
  const t = useTranslations("imports");
  const { itemError } = useWords();
  return (error: string): readonly string[] =>
    error.split(" ").map((problem) => {
      const [field = "", kind] = problem.split(".");
      if (t.has(`problems.${problem}`)) return t(`problems.${problem}`);
      return kind && t.has(`fields.${field}`) ? t(`wrong.${kind}`, { field: t(`fields.${field}`) }) : itemError(problem);
    });
};
