"use client";
import { TextInput, type TextInputProps } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { SourceDraft, SourceProblem, SourceProblems } from "../source-draft";

/** What every part of the settings' form is given. */
export type SourceFormProps = {
  readonly draft: SourceDraft;
  readonly problems: SourceProblems;
  readonly set: (change: Partial<SourceDraft>) => void;
};

/** What is wrong with a field, in words; nothing where all is well. */
export const useProblemWords = () => {
  const t = useTranslations("sync.source");
  return (problem: SourceProblem | undefined): string | null => (problem ? t(problem) : null);
};

type TextField = "name" | "host" | "port" | "bindDn" | "baseDn" | "filter";
type SourceFieldProps = SourceFormProps & { readonly field: TextField } & Pick<
    TextInputProps,
    "placeholder" | "maxLength" | "inputMode" | "description"
  >;

/** A line of the settings. Names of a directory are not words: nothing corrects them. */
export function SourceField({ draft, problems, set, field, ...rest }: SourceFieldProps) {
  const t = useTranslations("sync.source");
  const wordsOf = useProblemWords();
  return (
    <TextInput
      label={t(field)}
      value={draft[field]}
      error={wordsOf(problems[field])}
      required
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
      {...rest}
    />
  );
}
