import type { FoundDepartmentView, FoundPersonView, PersonView } from "@maru/api/directory/contract";
import { formatPersonName } from "@maru/ui/person-name/format";
import { marksOf } from "./marks";

/** Who or what was chosen, with the words that the field shows. */
export type Picked = { readonly kind: "person" | "department"; readonly id: string; readonly label: string };

/** A person as somebody who was chosen. */
export const pickedPerson = (person: PersonView, locale: string): Picked => ({
  kind: "person",
  id: person.id,
  label: formatPersonName(person, { locale, withDepartment: true }),
});

/** What can be chosen, as a line of the list shows it. */
export type Choice = Picked & {
  readonly text: string;
  readonly marks: FoundPersonView["matches"];
  readonly caption: string | null;
  readonly number: string | null;
  readonly person?: FoundPersonView;
};

type Found = { readonly people: readonly FoundPersonView[]; readonly departments: readonly FoundDepartmentView[] };

const personChoice = (person: FoundPersonView, locale: string): Choice => {
  const text = formatPersonName(person, { locale });
  return {
    ...pickedPerson(person, locale),
    text,
    marks: marksOf(text, person),
    caption: locale === "ko" ? person.department : (person.departmentEn ?? person.department),
    number: person.employeeNo,
    person,
  };
};

const departmentChoice = (department: FoundDepartmentView, locale: string): Choice => {
  const { id, code, parent, parentEn } = department;
  const [text, caption] = locale === "ko" ? [department.name, parent] : [department.nameEn, parentEn];
  return { kind: "department", id, label: text, text, marks: marksOf(text, department), caption, number: code };
};

/** The lines of what was found, without those who can't be chosen. */
export const toChoices = (
  found: Found | undefined,
  locale: string,
  exceptIds: readonly string[],
): { readonly people: readonly Choice[]; readonly departments: readonly Choice[] } => ({
  people: (found?.people ?? []).filter(({ id }) => !exceptIds.includes(id)).map((person) => personChoice(person, locale)),
  departments: (found?.departments ?? []).filter(({ id }) => !exceptIds.includes(id)).map((one) => departmentChoice(one, locale)),
});
