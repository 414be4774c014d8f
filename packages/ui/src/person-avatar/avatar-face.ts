/**
 * Muted colours of dyed cloth. White letters reach AA on each, and each parts from paper and from the dark scheme's ground, so that a
 * person keeps one colour in both. The order must never change: a person's colour is an index into it.
 */
export const avatarColors = [
  "#3d5a9e",
  "#2e7059",
  "#9a4f3f",
  "#76508a",
  "#2a6b7c",
  "#80591f",
  "#8a4468",
  "#596c33",
  "#4f5d73",
  "#5d56a3",
  "#7a5745",
  "#3a6b42",
] as const;

/** Family names of two syllables. A name of three that begins with one of them has a given name of one. */
const longFamilyNames = ["남궁", "황보", "제갈", "사공", "독고"];

/** The colour of a person: the same for an id on every page, in every session and in both schemes. */
export function avatarColor(personId: string): string {
  // FNV-1a with a last mixing step: ids that differ in one character still spread over the whole family.
  let hash = 0x811c9dc5;
  for (const character of personId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = (hash ^ (hash >>> 13)) >>> 0;
  return avatarColors[hash % avatarColors.length] ?? avatarColors[0];
}

/** The letters on an avatar: `길동` of 홍길동, `HG` of Hong Gildong; never more than two. */
export function avatarLetters(name: string): string {
  const plain = name
    .normalize("NFC")
    .replace(/\([^)]*\)/g, " ")
    .trim();
  const hangul = plain.match(/\p{Script=Hangul}+/gu)?.join("");
  if (hangul) return koreanLetters(hangul);
  const han = plain.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu)?.join("");
  if (han) return [...han].slice(-2).join("");
  const words = plain.match(/[\p{Letter}\p{Number}]+/gu) ?? [];
  const first = words[0] ?? "?";
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letters = last ? [...first].slice(0, 1).concat([...last].slice(0, 1)) : [...first].slice(0, 2);
  return letters.join("").toUpperCase();
}

function koreanLetters(name: string): string {
  if (name.length <= 2) return name;
  const isLong = name.length === 3 && longFamilyNames.some((family) => name.startsWith(family));
  return name.slice(isLong ? -1 : -2);
}
