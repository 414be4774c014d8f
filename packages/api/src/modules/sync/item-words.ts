import { differencesOf, type ItemView } from "./contract";
import en from "./item-words/en.json";
import ko from "./item-words/ko.json";

/** What a file of items says, in one language; the page says the same. */
export type ItemWords = typeof ko & { readonly roles: ReadonlyMap<string, string> };

export const wordsIn = (locale: "ko" | "en"): typeof ko => (locale === "ko" ? ko : en);

const wordOf = (words: Readonly<Record<string, string>>, key: string): string => (Object.hasOwn(words, key) ? (words[key] ?? key) : key);

const textOf = (field: string, value: string | null, words: ItemWords): string => {
  if (value === null || value === "") return words.nothing;
  if (field === "role") return words.roles.get(value) ?? value;
  return field === "reason" ? wordOf(words.reasons, value) : value;
};

/** The names of the columns. */
export const headOf = ({ columns }: ItemWords): readonly string[] => [
  ...[columns.seq, columns.target, columns.action, columns.text, columns.externalId],
  ...[columns.before, columns.after, columns.status, columns.why],
];

/** An item as a row: what changes stands field by field in two cells. In a preview nothing waits for approval. */
export const rowOf = (item: ItemView, words: ItemWords, isDryRun: boolean): readonly string[] => {
  const { seq, target, action, label, externalId, status, error } = item;
  const differences = differencesOf(item);
  const side = (name: "before" | "after"): string =>
    differences.map((one) => `${wordOf(words.fields, one.field)}: ${textOf(one.field, one[name], words)}`).join("\n");
  const isWaiting = item.isHeld && !isDryRun && status === "PLANNED";
  const why = error === null ? "" : wordOf(words.errors, error);
  return [
    ...[String(seq), wordOf(words.targets, target), words.actions[action], label, externalId],
    ...[side("before"), side("after"), isWaiting ? words.held : words.statuses[status], why],
  ];
};
