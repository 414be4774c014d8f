"use client";
import { useTranslations } from "next-intl";
import { type MouseEvent, type ReactNode, useState } from "react";
import { rememberInCookie } from "../cookie";
import { PasswordDialog } from "../password/password-dialog";
import { BottomBar } from "./bottom-bar";
import classes from "./frame.module.css";
import { Header } from "./header";
import { MENU_COOKIE } from "./menu-cookie";
import { SideMenu } from "./side-menu";

const CONTENT_ID = "content";

/** A step to a # would stand in the history as one that the router does not know: going back to it would show nothing new. */
const skipToContent = (event: MouseEvent) => {
  event.preventDefault();
  document.getElementById(CONTENT_ID)?.focus();
};

type AppFrameProps = {
  /** How the person left the menu; the server knows it from a cookie, so that nothing moves. */
  readonly isMenuFolded: boolean;
  readonly children: ReactNode;
};

/** Header, left menu, content, and on a phone the bar below. */
export function AppFrame({ isMenuFolded, children }: AppFrameProps) {
  const t = useTranslations("shell");
  const [folded, setFolded] = useState(isMenuFolded);
  const toggle = () => {
    rememberInCookie(MENU_COOKIE, folded ? "open" : "folded");
    setFolded(!folded);
  };
  return (
    <div className={classes.frame} data-menu={folded ? "folded" : "open"}>
      <a className={classes.skip} href={`#${CONTENT_ID}`} onClick={skipToContent}>
        {t("skipToContent")}
      </a>
      <Header />
      <SideMenu folded={folded} onToggle={toggle} />
      <main className={classes.content} id={CONTENT_ID} tabIndex={-1}>
        {children}
      </main>
      <BottomBar />
      <PasswordDialog />
    </div>
  );
}
