// The part before the @ as people have it, not all that the standard allows: no quotes, no comments, no control characters.
const ADDRESS =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;

/**
 * A mail address as it is compared and written to, or null for what is none. It is looked at after NFKC: a full-width @ or dot that would
 * become one later becomes one here, so nobody passes with two. ASCII only, one @, no line breaks.
 */
export const parseMailAddress = (text: string): string | null => {
  const address = text.normalize("NFKC").trim().toLowerCase();
  if (address.length > MAX_LENGTH || address.indexOf("@") > MAX_LOCAL_LENGTH) return null;
  // What was trimmed away must not have been a line break: whoever sends one means more than an address.
  return !/[\r\n]/.test(text) && ADDRESS.test(address) ? address : null;
};
