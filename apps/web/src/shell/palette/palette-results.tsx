"use client";
import { KeyboardHint } from "@maru/ui/keyboard-hint";
import { MarkedText } from "@maru/ui/marked-text";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import classes from "./palette.module.css";
import { isMore, type PaletteGroup, type PaletteItem } from "./use-palette-items";

type PaletteResultsProps = {
  readonly listId: string;
  readonly groups: readonly PaletteGroup[];
  readonly activeId: string | undefined;
  readonly query: string;
  readonly isSearching: boolean;
  readonly onGo: (href: string) => void;
};

/** What was found, in its groups; how many is said aloud. */
export function PaletteResults({ listId, groups, activeId, query, isSearching, onGo }: PaletteResultsProps) {
  const t = useTranslations("palette");
  const count = groups.flatMap(({ items }) => items).filter((item) => !isMore(item)).length;
  return (
    <>
      <div className={classes.results} role="listbox" id={listId} aria-label={t("results")}>
        {groups.map(({ title, items }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of options.
          <div key={title} role="group" aria-label={title} className={classes.group}>
            <div className={classes.heading} aria-hidden>
              {title}
            </div>
            {items.map((item) => (
              <Option key={item.id} id={`${listId}-${item.id}`} item={item} isActive={item.id === activeId} onGo={onGo} />
            ))}
          </div>
        ))}
      </div>
      {count === 0 && !isSearching ? (
        <div className={classes.empty}>
          <strong>{t("empty", { query: query.trim() })}</strong>
          <span>{t("emptyHint")}</span>
        </div>
      ) : null}
      <output className="maru-spoken">{query.trim() === "" || isSearching ? "" : t("found", { count })}</output>
      <div className={classes.foot} aria-hidden>
        <span>
          <KeyboardHint keys={["↑", "↓"]} /> {t("move")}
        </span>
        <span>
          <KeyboardHint keys={["enter"]} /> {t("open")}
        </span>
        <span>
          <KeyboardHint keys={["Esc"]} /> {t("close")}
        </span>
      </div>
    </>
  );
}

type OptionProps = { readonly id: string; readonly item: PaletteItem; readonly isActive: boolean; readonly onGo: (href: string) => void };

function Option({ id, item, isActive, onGo }: OptionProps) {
  const ref = useRef<HTMLDivElement>(null);
  const { icon: Icon, person } = item;
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox that points here with aria-activedescendant has the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the combobox.
    <div className={classes.option} role="option" id={id} aria-selected={isActive} ref={ref} onClick={() => onGo(item.href)}>
      <span className={classes.sign}>
        {person ? <PersonAvatar person={person} size={24} /> : Icon ? <Icon size={20} stroke={1.5} aria-hidden /> : null}
      </span>
      <span className={classes.label}>
        <MarkedText text={item.label} ranges={item.marks ?? []} />
      </span>
      {item.caption ? <span className={classes.caption}>{item.caption}</span> : null}
    </div>
  );
}
