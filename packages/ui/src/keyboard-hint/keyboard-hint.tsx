"use client";
import { useOs } from "@mantine/hooks";
import classes from "./keyboard-hint.module.css";

/** Signs on the keys of a Mac; elsewhere the words on the key are used. */
const macSigns: Readonly<Record<string, string>> = { mod: "⌘", shift: "⇧", alt: "⌥", enter: "↵" };
const words: Readonly<Record<string, string>> = { mod: "Ctrl", shift: "Shift", alt: "Alt", enter: "Enter" };

export type KeyboardHintProps = {
  /** `["mod", "K"]`: "mod" is ⌘ on a Mac and Ctrl elsewhere. */
  readonly keys: readonly string[];
};

/** Which keys do the same. The Mac's signs appear after hydration, so the first page is the same everywhere. */
export function KeyboardHint({ keys }: KeyboardHintProps) {
  const os = useOs();
  const names = os === "macos" || os === "ios" ? macSigns : words;
  return (
    <span className={classes.keys}>
      {keys.map((key) => (
        <kbd key={key} className={classes.key}>
          {names[key] ?? key}
        </kbd>
      ))}
    </span>
  );
}
