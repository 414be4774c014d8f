"use client";
import { Logo } from "@maru/ui/logo";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { features } from "../../features/registry";
import { PaletteTrigger } from "../palette/palette-trigger";
import { ColorSchemeSwitch } from "./color-scheme-switch";
import classes from "./header.module.css";
import { LanguageSwitch } from "./language-switch";
import { PersonMenu } from "./person-menu";

/** The one line above everything: where home is, how to find things, what is new, who I am. */
export function Header() {
  const t = useTranslations("shell");
  return (
    <header className={classes.header} data-print="hidden">
      <Link className={classes.home} href="/" aria-label={t("toHome")}>
        <Logo name={t("product")} />
      </Link>
      <div className={classes.search}>
        <PaletteTrigger />
      </div>
      <div className={classes.controls}>
        <span className={classes.roomy}>
          <LanguageSwitch />
          <ColorSchemeSwitch />
        </span>
        {features.map(({ name, header: Control }) => (Control ? <Control key={name} /> : null))}
        <PersonMenu />
      </div>
    </header>
  );
}
