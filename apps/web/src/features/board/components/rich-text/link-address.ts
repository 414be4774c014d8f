export type LinkAddress = { readonly href: string; readonly isExternal: boolean };

const ALLOWED = /^(https?:\/\/|mailto:|tel:|\/(?![/\\]))/i;
const PATH = /^\//;

/** Control characters and backslashes make browsers read another address than the one that was checked. */
const isObscured = (address: string): boolean =>
  [...address].some((character) => character === "\\" || character.charCodeAt(0) < 0x20 || character.charCodeAt(0) === 0x7f);

/** The address of a link when it may be followed: web, mail, telephone, or a path of this site. Anything else is shown as plain text. */
export const toLinkAddress = (value: unknown): LinkAddress | null => {
  if (typeof value !== "string" || value.length > 2_000 || isObscured(value) || !ALLOWED.test(value)) return null;
  return { href: value, isExternal: !PATH.test(value) };
};

/** What a person typed as an address: without a scheme it is a web page, with an @ a mail address. */
export const completeAddress = (typed: string): string => {
  const address = typed.trim();
  if (address === "" || ALLOWED.test(address) || /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(address)) return address;
  return /^[^\s/@]+@[^\s/@]+\.[^\s/@]+$/.test(address) ? `mailto:${address}` : `https://${address}`;
};
