"use client";
import { Portal } from "@mantine/core";
import { PersonAvatar } from "@maru/ui/person-avatar";
import { formatPersonName } from "@maru/ui/person-name/format";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useId, useLayoutEffect, useState, useSyncExternalStore } from "react";
import { useTRPC } from "../../../../trpc/client";
import classes from "./mention-list.module.css";
import type { MentionBridge, MentionSession } from "./mention-session";

const ROOM_PX = 280;
const LIMIT = 7;

const place = (rect: DOMRect | null) => {
  if (!rect) return { left: 16, top: 16 };
  const left = Math.max(8, Math.min(rect.left, window.innerWidth - 288));
  const isAbove = rect.bottom + ROOM_PX > window.innerHeight && rect.top > ROOM_PX;
  return isAbove ? { left, bottom: window.innerHeight - rect.top + 4 } : { left, top: rect.bottom + 4 };
};

const usePlace = (session: MentionSession) => {
  const [style, setStyle] = useState(() => place(session.clientRect?.() ?? null));
  useLayoutEffect(() => {
    const follow = () => setStyle(place(session.clientRect?.() ?? null));
    follow();
    window.addEventListener("scroll", follow, { capture: true, passive: true });
    window.addEventListener("resize", follow);
    return () => {
      window.removeEventListener("scroll", follow, { capture: true });
      window.removeEventListener("resize", follow);
    };
  }, [session]);
  return style;
};

/** Names the list to the editor's text box, so that a screen reader follows the chosen line while the cursor stays in the text. */
const useActiveDescendant = (session: MentionSession, listId: string, activeId: string | undefined) => {
  useEffect(() => {
    const { dom } = session.editor.view;
    dom.setAttribute("aria-controls", listId);
    if (activeId) dom.setAttribute("aria-activedescendant", activeId);
    else dom.removeAttribute("aria-activedescendant");
    return () => {
      dom.removeAttribute("aria-controls");
      dom.removeAttribute("aria-activedescendant");
    };
  }, [session.editor, listId, activeId]);
};

const OpenMentionList = ({ bridge, session }: { readonly bridge: MentionBridge; readonly session: MentionSession }) => {
  const t = useTranslations("board.mention");
  const locale = useLocale();
  const trpc = useTRPC();
  const id = useId();
  const q = session.query.trim();
  const search = useQuery({
    ...trpc.directory.searchPeople.queryOptions({ q, limit: LIMIT }),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
  const people = q === "" ? [] : (search.data ?? []);
  const [active, setActive] = useState({ q, index: 0 });
  const index = active.q === q ? Math.min(active.index, Math.max(0, people.length - 1)) : 0;

  const choose = (position: number, endComposition: boolean) => {
    const person = people[position];
    if (person) bridge.choose({ id: person.id, label: formatPersonName(person, { locale, withDepartment: true }) }, endComposition);
    return person !== undefined;
  };

  useEffect(() =>
    bridge.listenForKeys((key) => {
      if (people.length === 0) return false;
      if (key === "Enter" || key === "Tab") return choose(index, false);
      const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
      if (step !== 0) setActive({ q, index: (index + step + people.length) % people.length });
      return step !== 0;
    }),
  );

  useActiveDescendant(session, id, people.length > 0 ? `${id}-${index}` : undefined);
  const style = usePlace(session);
  const hint = q === "" ? t("hint") : search.isError ? t("failed") : search.isFetching ? t("searching") : t("nobody", { q });

  return (
    <Portal>
      <div className={classes.list} style={style}>
        <div role="listbox" id={id} aria-label={t("label")}>
          {people.map((person, position) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the text box keeps the focus and names the chosen line (aria-activedescendant).
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys arrive through the text box.
            <div
              key={person.id}
              id={`${id}-${position}`}
              role="option"
              aria-selected={position === index}
              className={classes.person}
              // The cursor must stay in the text.
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setActive({ q, index: position })}
              onClick={() => choose(position, true)}
            >
              <PersonAvatar person={person} size={24} />
              <span className={classes.name}>{formatPersonName(person, { locale })}</span>
              <span className={classes.department}>{(locale === "en" && person.departmentEn) || person.department}</span>
            </div>
          ))}
        </div>
        <p className={classes.hint} role="status" data-quiet={people.length > 0 || undefined}>
          {people.length > 0 ? t("found", { count: people.length }) : hint}
        </p>
      </div>
    </Portal>
  );
};

/** The people who may be meant by what stands behind the @. */
export const MentionList = ({ bridge }: { readonly bridge: MentionBridge }) => {
  const session = useSyncExternalStore(bridge.subscribe, bridge.snapshot, () => null);
  return session ? <OpenMentionList bridge={bridge} session={session} /> : null;
};
