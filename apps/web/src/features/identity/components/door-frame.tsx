"use client";
import { Logo } from "@maru/ui/logo";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ColorSchemeSwitch } from "../../../shell/frame/color-scheme-switch";
import classes from "./door-frame.module.css";
import { SignInLanguage } from "./sign-in-language";

type DoorFrameProps = {
  readonly title: string;
  /** The title is seen. Where one signs in, everybody knows it, and it is only spoken. */
  readonly showsTitle?: boolean;
  readonly children: ReactNode;
};

/** What the pages before the house have in common: the name above, one card, and the floor. */
export function DoorFrame({ title, showsTitle = true, children }: DoorFrameProps) {
  const t = useTranslations("identity");
  const shell = useTranslations("shell");
  return (
    <div className={classes.page}>
      <div className={classes.corner}>
        <SignInLanguage />
        <ColorSchemeSwitch />
      </div>
      <main className={classes.card}>
        <div className={classes.head}>
          <Logo size={44} name={shell("product")} />
          <p className={classes.lead}>{t("lead")}</p>
        </div>
        <h1 className={showsTitle ? classes.title : "maru-spoken"}>{title}</h1>
        {children}
      </main>
      <div className={classes.floor} aria-hidden />
    </div>
  );
}
