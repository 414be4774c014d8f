"use client";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import classes from "./palette.module.css";
import { PaletteResults } from "./palette-results";
import { usePaletteItems } from "./use-palette-items";

/** What a key does to the chosen line, or null when it is not the palette's business. */
export const movedChoice = (key: string, chosen: number, count: number): number | null => {
  if (count === 0) return null;
  if (key === "ArrowDown") return (chosen + 1) % count;
  if (key === "ArrowUp") return (chosen - 1 + count) % count;
  return null;
};

/** A dialog that is open, and above everything else, from its first drawing. */
const useModalDialog = () => {
  const dialogRef = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = dialogRef.current;
    if (dialog && !dialog.open) dialog.showModal();
  }, []);
  return dialogRef;
};

/**
 * Go anywhere without the mouse. A native dialog keeps the focus inside and gives it back. Enter that ends the writing of a syllable is
 * not Enter: WebKit sends it after the composition has ended, so the end is remembered until the key comes up.
 */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("palette");
  const router = useRouter();
  const listId = useId();
  const dialogRef = useModalDialog();
  const isComposing = useRef(false);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const { groups, items, isSearching } = usePaletteItems(query);
  const active = items[Math.min(chosen, items.length - 1)];

  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing.current || event.nativeEvent.isComposing || event.keyCode === 229) return;
    const moved = movedChoice(event.key, Math.min(chosen, items.length - 1), items.length);
    if (moved !== null) setChosen(moved);
    else if (event.key === "Enter" && active) go(active.href);
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog; the press on the ground beside it is the mouse's way.
    <dialog
      className={classes.palette}
      ref={dialogRef}
      aria-label={t("title")}
      onClose={onClose}
      onClick={(event) => event.target === dialogRef.current && onClose()}
    >
      <div className={classes.box}>
        <div className={classes.field}>
          <IconSearch size={20} stroke={1.5} aria-hidden />
          <input
            className={classes.input}
            role="combobox"
            aria-label={t("placeholder")}
            aria-controls={listId}
            aria-expanded={items.length > 0}
            aria-autocomplete="list"
            aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
            placeholder={t("placeholder")}
            maxLength={50}
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              setChosen(0);
            }}
            onCompositionStart={() => {
              isComposing.current = true;
            }}
            onKeyUp={(event) => {
              if (!event.nativeEvent.isComposing) isComposing.current = false;
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <PaletteResults listId={listId} groups={groups} activeId={active?.id} query={query} isSearching={isSearching} onGo={go} />
      </div>
    </dialog>
  );
}
