/** One attribute of a name: `type` in lower case, `value` without escapes. */
export type NamePart = { readonly type: string; readonly value: string };
/** One level of a distinguished name; more than one part only where somebody joined them by a plus. */
export type NameLevel = readonly NamePart[];

const HEX_PAIR = /^[0-9a-f]{2}$/i;

/** A value written as `#` and the hexadecimal of its BER: short strings are read, anything else keeps its spelling. */
const ofHex = (text: string): string => {
  const bytes = Buffer.from(text.slice(1), "hex");
  const isShortString = bytes.length >= 2 && bytes[1] === bytes.length - 2;
  return isShortString ? bytes.subarray(2).toString("utf8") : text.toLowerCase();
};

class NameReader {
  #at = 0;

  constructor(readonly text: string) {}

  get isAtEnd(): boolean {
    return this.#at >= this.text.length;
  }

  /** The type of a part, up to its equals sign; null where there is none. */
  readType(): string | null {
    const end = this.text.indexOf("=", this.#at);
    if (end < 0) return null;
    const type = this.text.slice(this.#at, end).trim().toLowerCase();
    this.#at = end + 1;
    return /^[a-z0-9][a-z0-9.-]*$/.test(type) ? type.replace(/^oid\./, "") : null;
  }

  /** The value of a part, up to the comma or plus that ends it; null where an escape is none. */
  readValue(): { readonly value: string; readonly end: string } | null {
    while (this.text[this.#at] === " ") this.#at += 1;
    const isHex = this.text[this.#at] === "#";
    const isQuoted = this.text[this.#at] === '"';
    if (isQuoted) this.#at += 1;
    const bytes: Buffer[] = [];
    // Spaces at the end count only when they were escaped: up to here the value is certain.
    let certain = 0;
    for (;;) {
      const character = this.#next();
      if (character === "" || (!isQuoted && (character === "," || character === "+"))) {
        if (isQuoted) return null;
        const value = Buffer.concat(bytes.slice(0, certain)).toString("utf8");
        return { value: isHex ? ofHex(value) : value, end: character };
      }
      if (isQuoted && character === '"') return this.#afterQuote(Buffer.concat(bytes).toString("utf8"));
      const isEscaped = character === "\\";
      const byte = isEscaped ? this.#escaped() : Buffer.from(character);
      if (byte === null) return null;
      bytes.push(byte);
      if (isEscaped || character !== " ") certain = bytes.length;
    }
  }

  #next(): string {
    const point = this.text.codePointAt(this.#at);
    if (point === undefined) return "";
    const character = String.fromCodePoint(point);
    this.#at += character.length;
    return character;
  }

  /** What stands behind a backslash: the character itself, or a byte of UTF-8 in hexadecimal. */
  #escaped(): Buffer | null {
    const pair = this.text.slice(this.#at, this.#at + 2);
    if (HEX_PAIR.test(pair)) {
      this.#at += 2;
      return Buffer.from(pair, "hex");
    }
    const character = this.#next();
    return character === "" ? null : Buffer.from(character);
  }

  #afterQuote(value: string): { readonly value: string; readonly end: string } | null {
    while (this.text[this.#at] === " ") this.#at += 1;
    const end = this.#next();
    return end === "" || end === "," || end === "+" ? { value, end } : null;
  }
}

/** The levels of a distinguished name, the entry's own first; null when the text is none. The empty name has no levels. */
export const parseDn = (text: string): readonly NameLevel[] | null => {
  const reader = new NameReader(text);
  const levels: NameLevel[] = [];
  let parts: NamePart[] = [];
  let last = text.trim() === "" ? "" : ",";
  while (last !== "") {
    const type = reader.readType();
    const read = type === null ? null : reader.readValue();
    if (type === null || read === null) return null;
    parts.push({ type, value: read.value });
    if (read.end !== "+") {
      levels.push(parts);
      parts = [];
    }
    last = read.end;
  }
  return levels;
};

const keyOfLevel = (level: NameLevel): string =>
  level
    .map(({ type, value }) => {
      const folded = value.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
      // As hexadecimal, so that a comma in a key always ends a level.
      return `${type}=${folded.replace(/[\\,+]/g, (character) => `\\${character.charCodeAt(0).toString(16)}`)}`;
    })
    .sort()
    .join("+");

/** Nothing in it is escaped, quoted, joined or may be spelled in two ways: almost every name, and a directory has two for each of its people. */
const PLAIN = /^[ !$-*,-[\]-~가-힣]+$/;
const PLAIN_LEVEL = /^ *([a-z0-9][a-z0-9.-]*) *= *(.*?) *$/;

/** The key of a plain name, without looking at each of its characters; null for what the reader must judge. */
const keyOfPlain = (text: string): string | null => {
  if (!PLAIN.test(text)) return null;
  const keys: string[] = [];
  for (const level of text.toLowerCase().split(",")) {
    const [, type, value] = PLAIN_LEVEL.exec(level) ?? [];
    if (type === undefined || value === undefined) return null;
    keys.push(`${type.replace(/^oid\./, "")}=${value.includes("  ") ? value.replace(/ +/g, " ") : value}`);
  }
  return keys.join(",");
};

/**
 * A text that is the same for every spelling of one name: servers write `cn=` here and `CN=` there, escape Korean or don't, and ignore case
 * and doubled spaces. What is no distinguished name is only folded. For comparing and for maps, never for asking a server.
 */
export const dnKey = (text: string): string => keyOfPlain(text) ?? parseDn(text)?.map(keyOfLevel).join(",") ?? text.trim().toLowerCase();

/** The key one level up of a name that is a key already, in which every comma ends a level; null for a name of one level. */
export const keyAbove = (key: string): string | null => {
  const end = key.indexOf(",");
  return end < 0 ? null : key.slice(end + 1);
};

/** The name one level up, spelled by key; null for a name of one level or none. */
export const parentKey = (text: string): string | null => {
  const levels = parseDn(text);
  return levels === null || levels.length < 2 ? null : levels.slice(1).map(keyOfLevel).join(",");
};

/** Whether a name is that of `base` itself or stands somewhere below it. */
export const isWithin = (text: string, base: string): boolean => {
  const [inner, outer] = [dnKey(text), dnKey(base)];
  return outer === "" || inner === outer || inner.endsWith(`,${outer}`);
};
