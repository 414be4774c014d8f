"use client";
import { useDebouncedValue } from "@mantine/hooks";
import type { PersonView } from "@maru/api/directory/contract";
import { formatPersonName } from "@maru/ui/person-name/format";
import { IconMessages } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTRPC } from "../../trpc/client";
import { useAccount } from "../account";
import type { NavigationEntry } from "../feature";
import { useNavigation } from "../frame/use-navigation";

export type PaletteItem = {
  readonly id: string;
  readonly href: string;
  readonly label: string;
  readonly caption?: string;
  readonly icon?: NavigationEntry["icon"];
  readonly person?: PersonView;
};
export type PaletteGroup = { readonly title: string; readonly items: readonly PaletteItem[] };

const TYPING_PAUSE_MS = 120;
const PEOPLE = 6;

/** Spaces and case do not matter to somebody in a hurry. */
const plain = (text: string) => text.normalize("NFC").toLowerCase().replaceAll(/\s/g, "");
export const matches = (item: Pick<PaletteItem, "label" | "caption" | "href">, query: string) =>
  [item.label, item.caption ?? "", item.href].some((text) => plain(text).includes(plain(query)));

/** Places and boards are matched here; people are asked for, because only the server knows 초성 and half-typed syllables. */
export const usePaletteItems = (query: string) => {
  const t = useTranslations("palette");
  const locale = useLocale();
  const trpc = useTRPC();
  const { permissions } = useAccount();
  const places = useNavigation();
  const [asked] = useDebouncedValue(query.trim(), TYPING_PAUSE_MS);
  const boards = useQuery(trpc.board.listBoards.queryOptions({}, { enabled: permissions.includes("board.read") }));
  const people = useQuery(
    trpc.directory.searchPeople.queryOptions(
      { q: asked, limit: PEOPLE },
      { enabled: asked !== "" && permissions.includes("directory.read"), placeholderData: keepPreviousData },
    ),
  );

  const groups = useMemo((): readonly PaletteGroup[] => {
    const isKorean = locale === "ko";
    const found = {
      places: places.map(({ href, label, icon }) => ({ id: `place-${href}`, href, label, icon })),
      boards: (boards.data ?? []).map(({ slug, name, nameEn, description, descriptionEn }) => ({
        id: `board-${slug}`,
        href: `/boards/${slug}`,
        label: isKorean ? name : nameEn,
        caption: isKorean ? description : descriptionEn,
        icon: IconMessages,
      })),
      people: (query.trim() === "" ? [] : (people.data ?? [])).map((person) => ({
        id: `person-${person.id}`,
        href: `/people/${person.id}`,
        label: formatPersonName(person, { locale }),
        caption: (isKorean ? person.department : person.departmentEn) ?? undefined,
        person,
      })),
    };
    const of = (title: "places" | "boards" | "people", items: readonly PaletteItem[]) => ({ title: t(title), items });
    return [
      of(
        "places",
        found.places.filter((item) => matches(item, query)),
      ),
      of("people", found.people),
      of(
        "boards",
        found.boards.filter((item) => matches(item, query)),
      ),
    ].filter(({ items }) => items.length > 0);
  }, [places, boards.data, people.data, query, locale, t]);

  const items = useMemo(() => groups.flatMap((group) => group.items), [groups]);
  return { groups, items, isSearching: people.isFetching || asked !== query.trim() };
};
