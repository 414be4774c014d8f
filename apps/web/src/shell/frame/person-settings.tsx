"use client";
import { useTranslations } from "next-intl";
import { useId } from "react";
import classes from "./person-settings.module.css";
import { useLanguage } from "./use-language";
import { useSchemeChoice } from "./use-scheme-choice";

const LANGUAGES = [
  { value: "ko", label: "korean" },
  { value: "en", label: "english" },
] as const;
const SCHEMES = [
  { value: "light", label: "light" },
  { value: "dark", label: "dark" },
  { value: "auto", label: "auto" },
] as const;

/** Language and colours, as they are kept with the account. */
export function PersonSettings() {
  const t = useTranslations("shell");
  const { locale, setLocale } = useLanguage();
  const { colorScheme, choose } = useSchemeChoice();
  return (
    <div className={classes.settings}>
      <Choices
        title={t("language")}
        options={LANGUAGES.map((option) => ({ ...option, label: t(option.label) }))}
        value={locale}
        onChoose={setLocale}
      />
      <Choices
        title={t("colorScheme")}
        options={SCHEMES.map((option) => ({ ...option, label: t(option.label) }))}
        value={colorScheme}
        onChoose={choose}
      />
    </div>
  );
}

type ChoicesProps<Value extends string> = {
  readonly title: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: string;
  readonly onChoose: (value: Value) => void;
};

function Choices<Value extends string>({ title, options, value, onChoose }: ChoicesProps<Value>) {
  const name = useId();
  return (
    <fieldset className={classes.row}>
      <legend className={classes.title}>{title}</legend>
      <span className={classes.options}>
        {options.map((option) => (
          <label key={option.value} className={classes.option}>
            <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChoose(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </span>
    </fieldset>
  );
}
