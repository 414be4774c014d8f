import {
  AndFilter,
  ApproximateFilter,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  GreaterThanEqualsFilter,
  LessThanEqualsFilter,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
} from "ldapts";
import { LdapError } from "./ldap-error";

const MAX_LENGTH = 8_000;
const MAX_DEPTH = 32;
const ITEM = /^([\w.;-]*)(:dn)?(?::([\w.-]+))?(:=|>=|<=|~=|=)([\s\S]*)$/i;

const invalid = (why: string): LdapError => new LdapError("filterInvalid", why);

/** A text that stands in a filter as itself, whatever somebody typed into it. */
export const escapeFilterValue = (text: string): string =>
  text.replace(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`);

/** Which byte of a UUID stands where in objectGUID: its first three fields have their last byte first. */
const GUID_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** A filter that finds the entry of this objectGUID, which is bytes and no text. */
export const guidFilter = (guid: string): string => {
  const bytes = Buffer.from(guid.replaceAll("-", ""), "hex");
  return `(objectGUID=${GUID_ORDER.map((at) => `\\${(bytes[at] ?? 0).toString(16).padStart(2, "0")}`).join("")})`;
};

/** The bytes of a value: what is written as `\xx` is a byte, everything else UTF-8. */
const bytesOf = (text: string): Buffer => {
  const parts = text.split(/((?:\\[0-9a-f]{2})+)/i);
  return Buffer.concat(
    parts.map((part, index) => {
      if (index % 2 === 1) return Buffer.from(part.replaceAll("\\", ""), "hex");
      if (part.includes("\\")) throw invalid("a backslash without two hexadecimal digits");
      return Buffer.from(part);
    }),
  );
};

const textOf = (text: string): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytesOf(text));
  } catch (error) {
    throw error instanceof LdapError ? error : invalid("bytes that are no text can only be compared as a whole");
  }
};

const parseItem = (text: string): Filter => {
  const [, attribute = "", dn, rule = "", operator, value = ""] = ITEM.exec(text) ?? [];
  if (operator === ":=") {
    if (attribute === "" && rule === "") throw invalid("neither an attribute nor a rule");
    return new ExtensibleFilter({ matchType: attribute, rule, dnAttributes: dn !== undefined, value: textOf(value) });
  }
  if (operator === undefined || attribute === "" || dn !== undefined || rule !== "") throw invalid(`no condition: ${text}`);
  if (operator === ">=") return new GreaterThanEqualsFilter({ attribute, value: textOf(value) });
  if (operator === "<=") return new LessThanEqualsFilter({ attribute, value: textOf(value) });
  if (operator === "~=") return new ApproximateFilter({ attribute, value: textOf(value) });
  if (value === "*") return new PresenceFilter({ attribute });
  // Bytes, because an identifier such as objectGUID is no text: as one it would find nothing.
  if (!value.includes("*")) return new EqualityFilter({ attribute, value: bytesOf(value) });
  const pieces = value.split("*").map(textOf);
  const any = pieces.slice(1, -1).filter((piece) => piece !== "");
  return new SubstringFilter({ attribute, initial: pieces[0] ?? "", any, final: pieces.at(-1) ?? "" });
};

class FilterReader {
  #at = 0;

  constructor(readonly text: string) {}

  read(): Filter {
    const filter = this.#filter(1);
    this.#skipSpaces();
    if (this.#at < this.text.length) throw invalid("text behind the last parenthesis");
    return filter;
  }

  #filter(depth: number): Filter {
    if (depth > MAX_DEPTH) throw invalid("nested too deeply");
    this.#expect("(");
    const filter = this.#inner(depth);
    this.#expect(")");
    return filter;
  }

  #inner(depth: number): Filter {
    this.#skipSpaces();
    const sign = this.text[this.#at];
    if (sign === "&" || sign === "|" || sign === "!") {
      this.#at += 1;
      const filters = sign === "!" ? [this.#filter(depth + 1)] : this.#list(depth + 1);
      if (sign === "!") return new NotFilter({ filter: filters[0] as Filter });
      return sign === "&" ? new AndFilter({ filters }) : new OrFilter({ filters });
    }
    const start = this.#at;
    while (this.#at < this.text.length && !"()".includes(this.text.charAt(this.#at))) this.#at += 1;
    return parseItem(this.text.slice(start, this.#at));
  }

  #list(depth: number): Filter[] {
    const filters: Filter[] = [];
    do {
      filters.push(this.#filter(depth));
      this.#skipSpaces();
    } while (this.text[this.#at] === "(");
    return filters;
  }

  #expect(character: string): void {
    this.#skipSpaces();
    if (this.text[this.#at] !== character) throw invalid(`${character} is missing at position ${this.#at}`);
    this.#at += 1;
  }

  #skipSpaces(): void {
    while (/\s/.test(this.text.charAt(this.#at))) this.#at += 1;
  }
}

/**
 * Reads a filter as RFC 4515 writes it. The library's own reader takes one whose last parenthesis is missing, and spoils every value that
 * is escaped byte by byte, such as Korean or a GUID: it would search for something else than what stands there. Throws `filterInvalid`.
 */
export const parseFilter = (text: string): Filter => {
  if (text.length > MAX_LENGTH) throw invalid(`longer than ${MAX_LENGTH} characters`);
  return new FilterReader(text).read();
};

/** One element of BER: its tag, and what stands in it. Without `inner` and `many` its bytes are its own business. */
type Shape = { readonly tag: number; readonly inner?: readonly Shape[]; readonly many?: Shape; readonly isOpen?: boolean };

const TEXT: Shape = { tag: 0x04 };
const RESULT = { inner: [{ tag: 0x0a }, TEXT, TEXT], isOpen: true };
const ATTRIBUTE: Shape = { tag: 0x30, inner: [TEXT, { tag: 0x31, many: TEXT }] };
const CONTROLS: Shape = { tag: 0xa0, many: { tag: 0x30, inner: [TEXT], isOpen: true } };

/** What a server may say to what we ask: results of bind, search and StartTLS, entries, references. */
const OPERATIONS: readonly Shape[] = [
  { tag: 0x64, inner: [TEXT, { tag: 0x30, many: ATTRIBUTE }] },
  { tag: 0x73, many: TEXT },
  { tag: 0x61, ...RESULT },
  { tag: 0x65, ...RESULT },
  { tag: 0x78, ...RESULT },
];

/** Entries are some kilobytes; the largest hold a picture or 1,500 members. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** Where the content of the element at `at` begins and ends, both before `end`; null when it does not fit or its length is no number. */
const spanAt = (bytes: Buffer, at: number, end: number): { readonly from: number; readonly to: number } | null => {
  const first = bytes[at + 1];
  if (first === undefined || at + 2 > end) return null;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  const from = at + 2 + lengthBytes;
  if (first === 0x80 || lengthBytes > 4 || from > end) return null;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  return from + length > end ? null : { from, to: from + length };
};

/** The end of the element at `at` when it has this shape, otherwise null. */
const endOf = (bytes: Buffer, at: number, end: number, { tag, inner = [], many, isOpen }: Shape): number | null => {
  const span = bytes[at] === tag ? spanAt(bytes, at, end) : null;
  if (span === null) return null;
  let next: number | null = span.from;
  for (const shape of inner) next = next === null ? null : endOf(bytes, next, span.to, shape);
  if (many) while (next !== null && next < span.to) next = endOf(bytes, next, span.to, many);
  const isWhole = next === span.to || isOpen === true || (inner.length === 0 && !many);
  return next === null || !isWhole ? null : span.to;
};

const isMessage = (bytes: Buffer): boolean => {
  const span = spanAt(bytes, 0, bytes.length);
  const operationAt = span === null ? null : endOf(bytes, span.from, span.to, { tag: 0x02 });
  if (span === null || operationAt === null || operationAt - span.from > 6) return false;
  const shape = OPERATIONS.find(({ tag }) => tag === bytes[operationAt]);
  const operationEnd = shape ? endOf(bytes, operationAt, span.to, shape) : null;
  if (operationEnd === null) return false;
  return operationEnd === span.to || endOf(bytes, operationEnd, span.to, CONTROLS) === span.to;
};

/** How long the message at the beginning is: null as long as that can't be known, 0 when it is none or too long. */
const messageLength = (bytes: Buffer): number | null => {
  const [tag, first] = bytes;
  if (tag !== undefined && tag !== 0x30) return 0;
  if (first === undefined) return null;
  if (first === 0x80 || first > 0x84) return 0;
  const headBytes = 2 + (first < 0x80 ? 0 : first - 0x80);
  if (bytes.length < headBytes) return null;
  const length = headBytes + (first < 0x80 ? first : bytes.readUIntBE(2, first - 0x80));
  return length > MAX_MESSAGE_BYTES ? 0 : length;
};

/**
 * Cuts what comes from a server into whole messages. The library's own reader trusts every length that it finds: one wrong byte, or a server
 * that speaks something else, and it fills the memory without end. `take` gives the messages that the bytes complete, or null when they are
 * none, after which nothing more may be read; `isEmpty` says whether no message has begun.
 */
export const messageReader = () => {
  let pending: Buffer = Buffer.alloc(0);
  const take = (bytes: Buffer): readonly Buffer[] | null => {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    const messages: Buffer[] = [];
    for (;;) {
      const length = messageLength(pending);
      if (length === null || length > pending.length) return messages;
      const message = pending.subarray(0, length);
      if (length === 0 || !isMessage(message)) return null;
      messages.push(message);
      pending = pending.subarray(length);
    }
  };
  return { take, isEmpty: () => pending.length === 0 };
};
