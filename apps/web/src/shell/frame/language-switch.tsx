"use client";
import { useTranslations } from "next-intl";
import classes from "./header.module.css";
import { useLanguage } from "./use-language";

/** One press to the other of the two languages, named in the language that it leads to. */
export function LanguageSwitch() {
  const t = useTranslations("shell");
  const { locale, setLocale } = useLanguage();
  const other = locale === "ko" ? "en" : "ko";
  return (
    <button type="button" className={classes.control} lang={other} title={t("switchLanguage")} onClick={() => setLocale(other)}>
      <span aria-hidden>{t("switchLanguageShort")}</span>
      <span className="maru-spoken">{t("switchLanguage")}</span>
    </button>
  );
}
