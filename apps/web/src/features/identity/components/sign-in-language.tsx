"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { LOCALE_COOKIE } from "../../../i18n/locale";
import { rememberInCookie } from "../../../shell/cookie";
import classes from "../../../shell/frame/header.module.css";

/** The other language, for somebody whose account is not known yet: only this browser remembers it. */
export function SignInLanguage() {
  const t = useTranslations("shell");
  const router = useRouter();
  const other = useLocale() === "ko" ? "en" : "ko";
  const choose = () => {
    rememberInCookie(LOCALE_COOKIE, other);
    router.refresh();
  };
  return (
    <button type="button" className={classes.control} lang={other} onClick={choose}>
      {t(other === "ko" ? "korean" : "english")}
    </button>
  );
}
