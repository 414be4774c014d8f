import { PATH_SEPARATOR } from "../contract/files";

/** A department as it stands in Maru; `path` is the ids from the top, parted by slashes. */
export type KnownDepartment = { readonly id: string; readonly name: string; readonly code: string; readonly path: string };

/** How each department is named in a file: by its path of names, or by its code where two have the same. */
export const labelsOf = (departments: readonly KnownDepartment[]): Map<string, string> => {
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  const written = departments.map(({ id, code, path }) => ({
    id,
    code,
    label: path
      .split("/")
      .map((one) => names.get(one) ?? one)
      .join(PATH_SEPARATOR),
  }));
  const count = new Map<string, number>();
  for (const { label } of written) count.set(label, (count.get(label) ?? 0) + 1);
  return new Map(written.map(({ id, code, label }) => [id, count.get(label) === 1 ? label : code]));
};

const spelled = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/\s*>\s*/gu, PATH_SEPARATOR)
    .replace(/\s+/gu, " ")
    .trim();

/** Finds a department by its path, its code or its name; a name that several have is `ambiguous`. */
export const departmentFinder = (departments: readonly KnownDepartment[]): ((text: string) => string | "ambiguous" | undefined) => {
  const found = new Map<string, string>();
  for (const { id, name } of departments) found.set(spelled(name), found.has(spelled(name)) ? "ambiguous" : id);
  for (const { id, code } of departments) found.set(code, id);
  for (const [id, label] of labelsOf(departments)) found.set(spelled(label), id);
  return (text) => found.get(spelled(text)) ?? found.get(text);
};
