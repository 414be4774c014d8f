import { initialConsonants, searchKey } from "@maru/platform/hangul";
import { BORDER, bigrams, consonantsOf, latinSound, letters, romanised } from "@maru/platform/hangul/search-text";

// Two-syllable family names; every other one has a syllable.
const LONG_FAMILY_NAMES = /^(?:남궁|독고|동방|사공|서문|선우|제갈|황보)/u;
const KOREAN_NAME = /^[가-힣]{2,6}$/u;
// Family names that are usually written with a sound that the revised romanisation does not have.
const FAMILY_SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["이", "lee"],
  ["임", "lim"],
  ["유", "ryu"],
  ["노", "roh"],
]);

/** The name in family and given name where that can be told; a given name of its own is searched too. */
const splitName = (name: string): readonly [string, string] => {
  const length = LONG_FAMILY_NAMES.test(name) && name.length > 2 ? 2 : 1;
  return KOREAN_NAME.test(name) ? [name.slice(0, length), name.slice(length)] : [name, ""];
};

const bothOrders = (first: string, second: string): string[] => (second === "" ? [first] : [`${first}${second}`, `${second}${first}`]);

/** The latin forms of a name: as the person writes it and as others would, given name first and last, and by sound. */
const latinForms = (family: string, given: string, nameEn: string): string[] => {
  const [first = "", ...rest] = nameEn.toLowerCase().split(/\s+/u);
  const written = [...bothOrders(first, rest.join("")), ...bothOrders(romanised(family), romanised(given))];
  const usual = FAMILY_SPELLINGS.get(family);
  const forms = (usual ? [...written, ...bothOrders(usual, romanised(given))] : written).map((form) => form.replace(/[^a-z]/gu, ""));
  return [...forms, ...forms.map(latinSound)];
};

const digitsOf = (text: string | null | undefined): string => (text ?? "").replace(/\D/gu, "");

/** Words with borders around each, each once. PostgreSQL splits `searchGrams` at line ends, which no word holds. */
const searchColumns = (words: readonly string[]) => {
  const known = [...new Set(words.filter((word) => word !== ""))];
  const searchText = known.length === 0 ? "" : `${BORDER}${known.join(BORDER)}${BORDER}`;
  return { searchText, searchGrams: bigrams(searchText).join("\n") };
};

export type SearchedPerson = {
  readonly name: string;
  readonly nameEn?: string | null;
  readonly employeeNo?: string | null;
  readonly phone?: string | null;
  readonly mobile?: string | null;
};

/** The search columns of a person. */
export type PersonSearchKeys = {
  readonly searchText: string;
  readonly searchGrams: string;
};

/**
 * All search columns of a person, as Prisma writes them: whoever writes one of these fields writes these columns with it, from all five. The name
 * stands first in the text, so that what begins with it can be told from what only holds it.
 */
export const personSearchKeys = ({ name, nameEn, employeeNo, phone, mobile }: SearchedPerson): PersonSearchKeys => {
  const key = searchKey(name);
  const [family, given] = splitName(key);
  const korean = [consonantsOf(key), consonantsOf(given), letters(key)];
  const numbers = [searchKey(employeeNo ?? ""), digitsOf(phone), digitsOf(mobile)];
  return searchColumns([key, ...korean, ...latinForms(family, given, nameEn ?? ""), ...numbers]);
};

export type SearchedName = { readonly name: string; readonly nameEn: string; readonly code: string; readonly abbreviation?: string };

/** The search column of a department, as Prisma writes it: whoever writes one of these fields writes it with them. */
export const departmentSearchKeys = ({ name, nameEn, code, abbreviation = "" }: SearchedName): { readonly searchText: string } => {
  const key = searchKey(name);
  const words = [key, consonantsOf(key), initialConsonants(key), letters(key), searchKey(nameEn), searchKey(code), searchKey(abbreviation)];
  return { searchText: searchColumns(words).searchText };
};
