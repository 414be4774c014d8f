const HOME = "/";
const MAX_LENGTH = 2_000;
// The origin is only a measure: an address that leaves it by any of the parser's ways is refused.
const MEASURE = "http://maru.invalid";

/** Characters below the space, which URL parsers drop: `/\t/evil.example` would become `//evil.example`. */
const hasControlCharacter = (text: string) =>
  Array.from(text).some((character) => character.charCodeAt(0) < 0x20 || character.charCodeAt(0) === 0x7f);

/** Where to go after signing in: a path of this product, or home. Never another origin, whatever the address bar says. */
export const safeNext = (next: string | null | undefined): string => {
  if (!next?.startsWith("/") || next.length > MAX_LENGTH || next.includes("\\") || hasControlCharacter(next)) return HOME;
  if (!URL.canParse(next, MEASURE)) return HOME;
  const url = new URL(next, MEASURE);
  if (url.origin !== MEASURE || url.pathname.startsWith("//")) return HOME;
  if (url.pathname.startsWith("/api/") || url.pathname === "/sign-in") return HOME;
  return url.pathname + url.search + url.hash;
};
