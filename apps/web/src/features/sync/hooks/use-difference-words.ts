import type { ItemView } from "@maru/api/sync/contract";
import { useTranslations } from "next-intl";
import { type Difference, differencesOf } from "../items-csv";
import { useRoleChoices } from "./use-names";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * What an item changes in the reader's words: fields and roles by name, reasons as sentences. Whom an outside id means is known where her own
 * item is among these; other ids are told in short.
 */
export const useDifferenceWords = (items: readonly ItemView[] = []) => {
  const t = useTranslations("sync.items");
  const names = new Map(
    items.filter(({ target }) => target === "PERSON" || target === "DEPARTMENT").map((item) => [item.externalId, item.label]),
  );
  const roles = new Map(useRoleChoices().map(({ value, label }) => [value, label]));
  const wordOf = (field: string, value: string | null): string | null => {
    if (value === null || value === "") return null;
    if (field === "role") return roles.get(value) ?? value;
    if (field === "reason" && t.has(`reasons.${value}`)) return t(`reasons.${value}`);
    const name = field === "manager" || field === "parent" ? names.get(value) : undefined;
    if (name !== undefined) return name;
    return UUID.test(value) ? `${value.slice(0, 8)}…` : value;
  };
  return (item: ItemView): readonly Difference[] =>
    differencesOf(item).map(({ field, before, after }) => ({
      field: t.has(`fields.${field}`) ? t(`fields.${field}`) : field,
      before: wordOf(field, before),
      after: wordOf(field, after),
    }));
};
