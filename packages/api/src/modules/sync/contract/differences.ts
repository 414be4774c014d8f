type Values = Readonly<Record<string, string | null>> | null;
export type Difference = { readonly field: string; readonly before: string | null; readonly after: string | null };

/** In which order fields are told; others come behind. */
const ORDER = ["name", "nameEn", "username", "email", "employeeNo", "departmentName", "rank", "position", "title", "phone", "mobile"];
const placeOf = (field: string): number => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.length);

/** Ids that stand beside the name that people know. */
const NAMED: Readonly<Record<string, string>> = { department: "departmentName", manager: "managerName", parent: "parentName" };

/** What an item changes, field by field; an id is left out where its name stands beside it. */
export const differencesOf = ({ before, after }: { readonly before: Values; readonly after: Values }): readonly Difference[] => {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .filter((field) => !fields.includes(NAMED[field] ?? ""))
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter((difference) => difference.before !== difference.after)
    .toSorted((a, b) => placeOf(a.field) - placeOf(b.field));
};
