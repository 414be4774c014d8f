import { identityErrors } from "./contract";
import { WELL_KNOWN } from "./well-known-passwords";

/** With a password alone, and with a second factor beside it. */
const MIN_LENGTH = 15;
const MIN_LENGTH_WITH_SECOND_FACTOR = 8;
/** More than anybody types, and little enough to be hashed at once. */
const MAX_LENGTH = 256;

/** Whose password it shall be: what others know of her is no secret. */
export type PasswordOwner = { readonly username: string; readonly mail: string | null; readonly hasSecondFactor: boolean };

export type PasswordRefusal =
  | { readonly reason: "tooShort"; readonly minimum: number }
  | { readonly reason: "tooLong"; readonly maximum: number }
  | { readonly reason: "tooCommon" };

/** A password as it is measured, hashed and compared: the same from every keyboard and system. */
export const normalisePassword = (password: string): string => password.normalize("NFKC");

// Neighbours on keyboards and in alphabets, each in both directions.
const WALKS = [
  "01234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "qazwsxedcrfvtgbyhnujm",
  "가나다라마바사아자차카타파하",
].flatMap((walk) => [walk, [...walk].reverse().join("")]);

const walkLength = (text: string): number => {
  let length = 0;
  while (length < text.length && WALKS.some((walk) => walk.includes(text.slice(0, length + 1)))) length += 1;
  return length >= 3 ? length : 0;
};

// The first piece once more, as often as it stands there: "aaaa", "abcabc".
const repeatLength = (text: string): number => /^(.{1,4}?)\1{2,}/su.exec(text)?.[0].length ?? /^(.{3,})\1+/su.exec(text)?.[0].length ?? 0;

const yearLength = (text: string): number => (/^(19|20)\d\d/.test(text) ? 4 : 0);

/** How many characters of a password somebody would have to guess: a word that everybody knows, a walk and a repetition count as one each. */
const guesses = (password: string, words: readonly string[]): number => {
  let rest = password.toLowerCase();
  let count = 0;
  while (rest.length > 0) {
    const known = words.filter((word) => rest.startsWith(word)).map((word) => word.length);
    const piece = Math.max(0, walkLength(rest), repeatLength(rest), yearLength(rest), ...known);
    rest = piece > 0 ? rest.slice(piece) : [...rest].slice(1).join("");
    count += 1;
  }
  return count;
};

const wordsOf = ({ username, mail }: PasswordOwner): string[] =>
  [username, ...(mail?.split(/[@.]/) ?? [])].map((word) => normalisePassword(word).toLowerCase()).filter((word) => word.length >= 3);

/** What speaks against a normalised password, or null. There are no rules of composition: only length, and that it can't be guessed. */
export const checkPassword = (normalised: string, owner: PasswordOwner): PasswordRefusal | null => {
  const minimum = owner.hasSecondFactor ? MIN_LENGTH_WITH_SECOND_FACTOR : MIN_LENGTH;
  const { length } = [...normalised];
  if (length < minimum) return { reason: "tooShort", minimum };
  if (length > MAX_LENGTH) return { reason: "tooLong", maximum: MAX_LENGTH };
  return guesses(normalised, [...WELL_KNOWN, ...wordsOf(owner)]) <= minimum / 2 ? { reason: "tooCommon" } : null;
};

/** Refuses a new password in words that its owner can act on. Every place where a password is set asks here. */
export const requirePassword = (password: string, owner: PasswordOwner): void => {
  const refusal = checkPassword(normalisePassword(password), owner);
  if (refusal?.reason === "tooShort") throw identityErrors.passwordTooShort({ minimum: refusal.minimum });
  if (refusal?.reason === "tooLong") throw identityErrors.passwordTooLong({ maximum: refusal.maximum });
  if (refusal) throw identityErrors.passwordTooCommon();
};
