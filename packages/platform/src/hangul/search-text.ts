import { convertQwertyToHangul, disassemble, getChoseong, romanize } from "es-hangul";
import { searchKey } from "./hangul";

/** What stands between the words of a search text, and at both of its ends. No word holds it: `searchKey` takes spaces out. */
export const BORDER = " ";

const SYLLABLE = /^[가-힣]$/u;

/** How a text is spelled, a character at a time. Taking a syllable apart costs up to 10 µs, and names are a few hundred of them over and over. */
const spelled = (spell: (character: string) => string): ((text: string) => string) => {
  // There are 11,172 syllables; anything else is not remembered.
  const known = new Map<string, string>();
  const spellOne = (character: string): string => {
    const found = known.get(character) ?? spell(character);
    if (SYLLABLE.test(character)) known.set(character, found);
    return found;
  };
  return (text) => known.get(text) ?? Array.from(searchKey(text), spellOne).join("");
};

/** Each letter of the syllables: "홍길" -> "ㅎㅗㅇㄱㅣㄹ". What is typed halfway ("홍ㄱ", "홍기") begins what it will become. */
export const letters = spelled(disassemble);

/** Initial consonants beside everything else that was written: "개발1팀" -> "ㄱㅂ1ㅌ". */
export const consonantsOf = spelled((character) => getChoseong(character, { keepNonHangul: true }));

/** The revised romanisation, a syllable at a time as names are written: "석민" is seokmin, not the spoken seongmin. */
export const romanised = spelled((character) => (SYLLABLE.test(character) ? romanize(character) : character));

// Spellings of one sound in Korean names, from the longest: Jeong, Jung and Chung; Gil and Kil; Park and Bak; Woo and U; Ahn and An.
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ch/g, "j"],
  [/sh/g, "s"],
  [/ck/g, "k"],
  [/oe/g, "oi"],
  [/eui|ui|ee|yi/g, "i"],
  [/eo|eu|oo|ou/g, "u"],
  [/wu|uh/g, "u"],
  [/h(?![aeiouwy])/g, ""],
  [/ar(?![aeiouwy])/g, "a"],
  [/g/g, "k"],
  [/d/g, "t"],
  [/b/g, "p"],
  [/r/g, "l"],
  [/(.)\1+/g, "$1"],
];

/** Latin letters by their sound, so that the usual spellings of a Korean name are one. Not for reading. */
export const latinSound = (text: string): string =>
  SOUNDS.reduce((sound, [spelling, one]) => sound.replace(spelling, one), searchKey(text).replace(/[^a-z]/gu, ""));

// The library throws at some vowels in a row, which are no word either.
const findTyped = (keys: string): string | null => {
  try {
    return convertQwertyToHangul(keys);
  } catch {
    return null;
  }
};

/**
 * What was meant by latin letters typed while the keyboard stood on latin: "ghdrlfehd" is 홍길동, "gre" is ㅎㄱㄷ. Null where that would not be
 * the beginning of a Korean word, so that "hong" stays latin.
 */
export const findMeantHangul = (text: string): string | null => {
  const typed = text.normalize("NFC").replace(/\s+/gu, "");
  if (!/^[a-z0-9]*[a-z][a-z0-9]*$/iu.test(typed)) return null;
  const meant = findTyped(typed);
  return meant !== null && /^(?:[가-힣0-9]+[ㄱ-ㅎ]?|[ㄱ-ㅎ0-9]+)$/u.test(meant) ? meant : null;
};

/** Every two neighbours of the words, the borders among them, each once. Characters are code points, as in PostgreSQL. */
export const bigrams = (text: string): string[] => {
  const characters = [...text];
  return [...new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))];
};
