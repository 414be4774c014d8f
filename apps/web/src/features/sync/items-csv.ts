import type { ItemView } from "@maru/api/sync/contract";

/** What a spreadsheet would take for a formula is told to be text. */
const FORMULA = /^[=+\-@\t\r]/;

const cell = (value: string): string => {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

type Row = readonly string[];

/** Lines for a spreadsheet: with a mark by which Excel knows that it is UTF-8, and with nothing that it would calculate. */
export const toCsv = (rows: readonly Row[]): string => `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

export type Difference = { readonly field: string; readonly before: string | null; readonly after: string | null };

/** In which order fields are told; others come behind. */
const ORDER = ["name", "nameEn", "username", "email", "employeeNo", "departmentName", "rank", "position", "title", "phone", "mobile"];
const placeOf = (field: string): number => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.length);

/** Ids that stand beside the name that people know. */
const NAMED: Readonly<Record<string, string>> = { department: "departmentName", manager: "managerName", role: "roleName" };

/** What an item changes, field by field; an id is left out where its name stands beside it. */
export const differencesOf = ({ before, after }: Pick<ItemView, "before" | "after">): readonly Difference[] => {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .filter((field) => !fields.includes(NAMED[field] ?? ""))
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter((difference) => difference.before !== difference.after)
    .toSorted((a, b) => placeOf(a.field) - placeOf(b.field));
};
