"use client";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./header.module.css";
import { useSchemeChoice } from "./use-scheme-choice";

/** One press between light and dark; "as the device does" is chosen in the settings of the person. */
export function ColorSchemeSwitch() {
  const t = useTranslations("shell");
  const { toggle } = useSchemeChoice();
  return (
    <button type="button" className={classes.control} onClick={toggle}>
      <span className={classes.forLight} title={t("toDark")}>
        <IconMoon size={20} stroke={1.5} aria-hidden />
        <span className="maru-spoken">{t("toDark")}</span>
      </span>
      <span className={classes.forDark} title={t("toLight")}>
        <IconSun size={20} stroke={1.5} aria-hidden />
        <span className="maru-spoken">{t("toLight")}</span>
      </span>
    </button>
  );
}
