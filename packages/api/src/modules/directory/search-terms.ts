import { findTypedConsonants, searchKey } from "@maru/platform/hangul";
import { BORDER, bigrams, consonantsOf, findMeantHangul, latinSound, letters, romanised } from "@maru/platform/hangul/search-text";

/**
 * One way to understand what was typed. `needle` is what the search text of a person must hold, `word` the same without the border that it may
 * begin with. A sound is less than a spelling: nobody is found as exactly what was typed by it.
 */
type Reading = { readonly word: string; readonly needle: string; readonly isSound?: true };

/**
 * A word of a query; whoever is found matches each word in one of its readings. `keys` are what was typed, and what was meant by it when the
 * keyboard stood on latin.
 */
export type Term = { readonly keys: readonly string[]; readonly isNumber: boolean; readonly readings: readonly Reading[] };

const MAX_TERMS = 4;
const NUMBER = /^[\d().+-]*\d[\d().+-]*$/u;
const LATIN = /^[a-z0-9'.-]*[a-z][a-z0-9'.-]*$/u;
const LATIN_NAME = /^[a-z'.-]*[aeiouwy][a-z'.-]*$/u;
const HANGUL = /[ㄱ-ㅣ가-힣]/u;
const SYLLABLE = /[가-힣]/u;

// A single character has no neighbour to be looked up by, so it has to begin something.
const anywhere = (word: string): Reading => ({ word, needle: [...word].length > 1 ? word : `${BORDER}${word}` });
const atBorder = (word: string): Reading => ({ word, needle: `${BORDER}${word}` });

const readHangul = (key: string): Reading =>
  findTypedConsonants(key.replace(/\d/gu, "")) === null ? anywhere(letters(key)) : atBorder(letters(key));

const readLatin = (key: string, meant: string | null): Reading[] => {
  const sound = LATIN_NAME.test(key) ? latinSound(key) : key;
  const sounds = sound === key ? [] : [{ ...atBorder(sound), isSound: true as const }];
  return [anywhere(key), ...sounds, ...(meant === null ? [] : [readHangul(meant)])];
};

const toTerm = (typed: string): Term => {
  const key = searchKey(typed);
  if (NUMBER.test(key)) {
    const digits = key.replace(/\D/gu, "");
    return { keys: [digits], isNumber: true, readings: [anywhere(digits)] };
  }
  if (!LATIN.test(key)) return { keys: [key], isNumber: false, readings: [HANGUL.test(key) ? readHangul(key) : anywhere(key)] };
  const meant = findMeantHangul(typed) ?? findMeantHangul(key);
  return { keys: meant === null ? [key] : [key, meant], isNumber: false, readings: readLatin(key, meant) };
};

/** A query as one word, for names that are written together in the text: "개발 1팀" is 개발1팀. Null when nothing of it could be searched. */
export const findWholeTerm = (query: string): Term | null => (searchKey(query) === "" ? null : toTerm(query.replace(/\s+/gu, "")));

/** The words of a query, at most four; none when nothing of it could be searched. */
export const toTerms = (query: string): Term[] =>
  query
    .split(/\s+/u)
    .filter((word) => searchKey(word) !== "")
    .slice(0, MAX_TERMS)
    .map(toTerm);

const escaped = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
// No text holds a line end: this finds nothing, at the price of one look.
const NOTHING = ["\n"];

/** What the statements ask of one word; every pattern is one for LIKE. */
export type TermPatterns = {
  readonly grams: readonly [string[], string[], string[]];
  readonly contains: string[];
  /** A whole word of the text: a name, a number. */
  readonly isWord: string[];
  /** The text begins with it, and it begins with the name. */
  readonly beginsName: string[];
  /** A word begins with it, or a number ends with it. */
  readonly beginsWord: string[];
};

/** The patterns of a word. */
export const patternsOf = ({ keys, isNumber, readings }: Term): TermPatterns => {
  const [first = NOTHING, second = NOTHING, third = NOTHING] = readings.map(({ needle }) => bigrams(needle));
  const words = readings.map(({ word }) => escaped(word));
  return {
    grams: [first, second, third],
    contains: readings.map(({ needle }) => `%${escaped(needle)}%`),
    isWord: readings.filter(({ isSound }) => !isSound).map(({ word }) => `%${BORDER}${escaped(word)}${BORDER}%`),
    beginsName: keys.map((key) => `${BORDER}${escaped(key)}%`),
    beginsWord: words.flatMap((word) => [`%${BORDER}${word}%`, ...(isNumber ? [`%${word}${BORDER}%`] : [])]),
  };
};

/** What the names of ranks, departments … are looked up by: nothing for numbers and single characters, which mean no one of them. */
export const organisationPatterns = ({ keys, isNumber, readings }: Term): string[] =>
  isNumber || keys.every((key) => [...key].length < 2)
    ? []
    : [...keys.map((key) => `%${BORDER}${escaped(key)}%`), ...readings.map(({ needle }) => `%${escaped(needle)}%`)];

/** Whether a text holds a word in one of its readings: what the statements ask with LIKE. */
export const isHeld = ({ readings }: Term, text: string): boolean => readings.some(({ needle }) => text.includes(needle));

/** Whether one of a text's words is this one and nothing more. */
export const isWholeWord = ({ keys }: Term, text: string): boolean => keys.some((key) => text.includes(`${BORDER}${key}${BORDER}`));

/** Whether a word means a name of the organisation: by its beginning, or for a department by any part of it. */
export const meansOrganisation = (term: Term, isDepartment: boolean, text: string): boolean =>
  term.keys.some((key) => text.includes(`${BORDER}${key}`)) || (isDepartment && isHeld(term, text));

/** A part of a text, from one index to before another, as JavaScript counts them. */
export type Range = [number, number];

// How each character of a name may have been typed: by its letters, its initial consonant, or in latin letters.
const SPELLINGS = [letters, consonantsOf, romanised] as const;

type Spelled = { readonly parts: readonly string[]; readonly whole: string };

const findIn = (characters: readonly string[], spellings: readonly Spelled[], word: string): Range | null => {
  for (const { parts, whole } of spellings) {
    const start = whole.indexOf(word);
    if (start < 0) continue;
    let at = 0;
    const touched = parts.map((part) => {
      const from = at;
      at += part.length;
      return from < start + word.length && at > start;
    });
    const first = touched.indexOf(true);
    return [characters.slice(0, first).join("").length, characters.slice(0, touched.lastIndexOf(true) + 1).join("").length];
  }
  return null;
};

/** What of a name was asked for, in order and without overlaps; empty when the person was found by something else. */
export const rangesIn = (name: string, terms: readonly Term[]): Range[] => {
  const words = terms.filter(({ isNumber }) => !isNumber);
  if (words.length === 0 || name === "") return [];
  const characters = [...name.normalize("NFC")];
  const spellings = (SYLLABLE.test(name) ? SPELLINGS : [searchKey])
    .map((spell) => characters.map(spell))
    .map((parts) => ({ parts, whole: parts.join("") }));
  const found = words
    .map(({ readings }) => readings.map(({ word }) => findIn(characters, spellings, word)).find((range) => range !== null))
    .filter((range) => range !== undefined)
    .sort(([one], [other]) => one - other);
  return found.filter(([start], index) => index === 0 || start >= (found[index - 1]?.[1] ?? 0));
};
