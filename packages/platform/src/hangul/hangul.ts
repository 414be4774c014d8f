import { disassemble, getChoseong, josa } from "es-hangul";

/** Text as it is searched: NFC (macOS decomposes Hangul), lower case, without spaces. Both sides of a comparison go through here. */
export const searchKey = (text: string): string => text.normalize("NFC").toLowerCase().replace(/\s+/gu, "");

/** The initial consonants of Hangul syllables, "홍길동" -> "ㅎㄱㄷ"; every other letter is left out. */
export const initialConsonants = (text: string): string => getChoseong(searchKey(text)).replace(/\s+/gu, "");

// Input methods join two consonants typed in a row into one letter: "ㄱㅅ" arrives as "ㄳ".
const JOINED = /[ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ]/gu;

/** What was typed, when it is initial consonants alone ("ㅎㄱ", with joined letters taken apart); otherwise null. */
export const findTypedConsonants = (text: string): string | null => {
  const key = searchKey(text);
  return /^[ㄱ-ㅎ]+$/u.test(key) ? key.replace(JOINED, disassemble) : null;
};

/** A word with the particle that its last sound asks for: `withParticle("책상", "을/를")` is "책상을". */
export const withParticle = (word: string, particle: "을/를" | "이/가" | "은/는" | "와/과" | "으로/로"): string => josa(word, particle);
