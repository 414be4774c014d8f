"use client";
import { KeyboardHint } from "@maru/ui/keyboard-hint";
import { IconSearch } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import classes from "./palette-trigger.module.css";

const loadPalette = () => import("./palette");
const Palette = dynamic(loadPalette, { ssr: false });

/** ⌘K on a Mac, Ctrl+K elsewhere; by the key's place too, for it says ㅏ while Hangul is typed. */
const isShortcut = (event: KeyboardEvent) =>
  (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && (event.key.toLowerCase() === "k" || event.code === "KeyK");

/** The search box of the header: it opens the palette, which is loaded when somebody reaches for it. */
export function PaletteTrigger() {
  const t = useTranslations("shell");
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const preload = () => void loadPalette();
  return (
    <>
      <button
        type="button"
        className={classes.trigger}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
        onPointerEnter={preload}
        onFocus={preload}
      >
        <IconSearch size={18} stroke={1.5} aria-hidden />
        <span className={classes.hint}>{t("searchHint")}</span>
        <span className={classes.keys} aria-hidden>
          <KeyboardHint keys={["mod", "K"]} />
        </span>
      </button>
      {isOpen ? <Palette onClose={() => setOpen(false)} /> : null}
    </>
  );
}
