import { type Difference, differencesOf, type ItemView } from "@maru/api/sync/contract";
import { useTranslations } from "next-intl";
import { useRoleChoices } from "./use-names";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What an item changes in the reader's words: fields and roles by name, reasons as sentences, an id that nobody has a name for in short. */
export const useDifferenceWords = () => {
  const t = useTranslations("sync.items");
  const roles = new Map(useRoleChoices().map(({ value, label }) => [value, label]));
  const wordOf = (field: string, value: string | null): string | null => {
    if (value === null || value === "") return null;
    if (field === "role") return roles.get(value) ?? value;
    if (field === "reason" && t.has(`reasons.${value}`)) return t(`reasons.${value}`);
    return UUID.test(value) || field === "photo" ? `${value.slice(0, 8)}…` : value;
  };
  return (item: ItemView): readonly Difference[] =>
    differencesOf(item).map(({ field, before, after }) => ({
      field: t.has(`fields.${field}`) ? t(`fields.${field}`) : field,
      before: wordOf(field, before),
      after: wordOf(field, after),
    }));
};
