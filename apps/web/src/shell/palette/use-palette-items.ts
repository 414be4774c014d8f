"use client";
import { useDebouncedValue } from "@mantine/hooks";
import type { BoardView } from "@maru/api/board/contract";
import type { FoundDepartmentView, FoundPersonView } from "@maru/api/directory/contract";
import { formatPersonName } from "@maru/ui/person-name/format";
import { IconMessages, IconSearch, IconSitemap } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTRPC } from "../../trpc/client";
import { useAccount } from "../account";
import type { NavigationEntry } from "../feature";
import { useNavigation } from "../frame/use-navigation";
import { marksOf } from "../person/marks";

export type PaletteItem = {
  readonly id: string;
  readonly href: string;
  readonly label: string;
  readonly caption?: string;
  readonly icon?: NavigationEntry["icon"];
  readonly person?: FoundPersonView;
  /** What of the label was asked for, where the server knows it. */
  readonly marks?: FoundPersonView["matches"];
};
export type PaletteGroup = { readonly title: string; readonly items: readonly PaletteItem[] };

const TYPING_PAUSE_MS = 120;
const OF_EACH_KIND = 6;

/** Spaces and case do not matter to somebody in a hurry. */
const plain = (text: string) => text.normalize("NFC").toLowerCase().replaceAll(/\s/g, "");
export const matches = (item: Pick<PaletteItem, "label" | "caption" | "href">, query: string) =>
  [item.label, item.caption ?? "", item.href].some((text) => plain(text).includes(plain(query)));

const toPersonItem = (person: FoundPersonView, locale: string): PaletteItem => {
  const label = formatPersonName(person, { locale });
  const caption = (locale === "ko" ? person.department : person.departmentEn) ?? undefined;
  return {
    id: `person-${person.id}`,
    href: `/people/${person.id}`,
    label,
    caption,
    person,
    marks: marksOf(label, person),
  };
};

const toDepartmentItem = (department: FoundDepartmentView, locale: string): PaletteItem => {
  const { id, parent, parentEn } = department;
  const [label, caption] = locale === "ko" ? [department.name, parent] : [department.nameEn, parentEn];
  const marks = marksOf(label, department);
  return { id: `department-${id}`, href: `/departments/${id}`, label, caption: caption ?? undefined, icon: IconSitemap, marks };
};

const toBoardItem = ({ slug, name, nameEn, description, descriptionEn }: BoardView, locale: string): PaletteItem => {
  const [label, caption] = locale === "ko" ? [name, description] : [nameEn, descriptionEn];
  return { id: `board-${slug}`, href: `/boards/${slug}`, label, caption, icon: IconMessages };
};

/** The way to the page with everything that was found; where a kind has more than is shown here. */
const MORE = "more";
export const isMore = ({ id }: PaletteItem): boolean => id === MORE;

/**
 * Places and boards are matched here; people, departments and boards in other spellings are asked for, because only the server knows 초성 and
 * half-typed syllables. A board that both find stands once.
 */
export const usePaletteItems = (query: string) => {
  const t = useTranslations("palette");
  const locale = useLocale();
  const trpc = useTRPC();
  const { permissions } = useAccount();
  const places = useNavigation();
  const [asked] = useDebouncedValue(query.trim(), TYPING_PAUSE_MS);
  const boards = useQuery(trpc.board.listBoards.queryOptions({}, { enabled: permissions.includes("board.read") }));
  const answer = useQuery(
    trpc.search.autocomplete.queryOptions(
      { q: asked, limit: OF_EACH_KIND },
      { enabled: asked !== "" && permissions.includes("directory.read"), placeholderData: keepPreviousData },
    ),
  );

  const groups = useMemo((): readonly PaletteGroup[] => {
    const found =
      query.trim() === "" ? { people: [], departments: [], boards: [] } : (answer.data ?? { people: [], departments: [], boards: [] });
    const isFound = new Set(found.boards.map(({ slug }) => slug));
    const hasMore = found.people.length === OF_EACH_KIND || found.departments.length === OF_EACH_KIND;
    const more = {
      id: MORE,
      href: `/search?${new URLSearchParams({ q: query.trim() })}`,
      label: t("allFor", { query: query.trim() }),
      icon: IconSearch,
    };
    const placeItems = places.map(({ href, label, icon }) => ({ id: `place-${href}`, href, label, icon }));
    const boardItems = (boards.data ?? [])
      .map((board) => ({ slug: board.slug, item: toBoardItem(board, locale) }))
      .filter(({ slug, item }) => isFound.has(slug) || matches(item, query));
    return [
      { title: t("places"), items: placeItems.filter((item) => matches(item, query)) },
      { title: t("people"), items: found.people.map((person) => toPersonItem(person, locale)) },
      { title: t("departments"), items: found.departments.map((department) => toDepartmentItem(department, locale)) },
      { title: t("boards"), items: boardItems.map(({ item }) => item) },
      { title: t("all"), items: hasMore ? [more] : [] },
    ].filter(({ items }) => items.length > 0);
  }, [places, boards.data, answer.data, query, locale, t]);

  const items = useMemo(() => groups.flatMap((group) => group.items), [groups]);
  return { groups, items, isSearching: answer.isFetching || asked !== query.trim() };
};
