import { RECOVERY_CODES } from "./contract";

/** Without letters that are taken for others: a code is read from paper. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const CODE_LETTERS = 16;

/** A recovery code from 32 hexadecimal digits: 16 letters of 31, which is 79 bits, in groups of four. */
export const recoveryCodeOf = (hex: string): string => {
  let rest = BigInt(`0x${hex.slice(0, 32)}`);
  let code = "";
  while (code.length < CODE_LETTERS) {
    code += LETTERS[Number(rest % BigInt(LETTERS.length))];
    rest /= BigInt(LETTERS.length);
  }
  return code.replace(/(.{4})(?=.)/g, "$1-");
};

/** The codes that follow from a seed, given a function that only the server can compute. */
export const recoveryCodesOf = (derive: (text: string) => string, seed: string): string[] =>
  Array.from({ length: RECOVERY_CODES }, (_, index) => recoveryCodeOf(derive(`recovery code ${index} ${seed}`)));

/** A typed code as it is compared: which kind it is, without spaces, hyphens and capitals; null where it is none. */
export const readCode = (typed: string): { readonly kind: "totp" | "recovery"; readonly code: string } | null => {
  const code = typed.normalize("NFKC").replace(/[\s-]/g, "").toLowerCase();
  if (/^\d{6}$/.test(code)) return { kind: "totp", code };
  if (code.length === CODE_LETTERS && [...code].every((letter) => LETTERS.includes(letter))) return { kind: "recovery", code };
  return null;
};

/** The name that passkeys are bound to, from the address of this installation; null where that has none. */
export const passkeyNameOf = (origin: string): string | null => {
  const { hostname, protocol } = new URL(origin);
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith("[");
  if (isAddress) return null;
  return protocol === "https:" || hostname === "localhost" || hostname.endsWith(".localhost") ? hostname : null;
};
