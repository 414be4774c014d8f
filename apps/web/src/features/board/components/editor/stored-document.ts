import { isBlank, type RichText, type RichTextMark, type RichTextNode } from "../rich-text/document";
import { completeAddress, toLinkAddress } from "../rich-text/link-address";

const FILE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A picture stands in the text from the moment it is dropped; until its file has arrived it carries this in place of the file's id. */
export const pendingFileId = (uploadId: string): string => `pending:${uploadId}`;
export const isStoredFileId = (value: unknown): value is string => typeof value === "string" && FILE_ID.test(value);

const integer = (value: unknown, min: number, max: number): number | null => {
  const number = typeof value === "number" ? Math.round(value) : Number.NaN;
  return number >= min && number <= max ? number : null;
};

const text = (value: unknown, max: number): string | null => (typeof value === "string" ? value.slice(0, max) : null);

const cell = (attrs: Record<string, unknown>) => {
  const widths = Array.isArray(attrs.colwidth) ? attrs.colwidth.map((width) => integer(width, 10, 4_000)) : [];
  return {
    colspan: integer(attrs.colspan, 1, 100) ?? 1,
    rowspan: integer(attrs.rowspan, 1, 1_000) ?? 1,
    colwidth: widths.length > 0 && widths.every((width) => width !== null) ? widths : null,
  };
};

const LIST_TYPES = new Set(["1", "a", "A", "i", "I"]);
const LANGUAGE = /^[\w+#-]{1,30}$/;

// What each node keeps of its attributes, in the words of the contract's allow-list; nodes that are not named keep none.
const ATTRIBUTES: Readonly<Record<string, (attrs: Record<string, unknown>) => Record<string, unknown>>> = {
  heading: ({ level }) => ({ level: integer(level, 1, 3) ?? 3 }),
  orderedList: ({ start, type }) => ({
    start: integer(start, 0, 1_000_000) ?? 1,
    type: typeof type === "string" && LIST_TYPES.has(type) ? type : null,
  }),
  codeBlock: ({ language }) => ({ language: typeof language === "string" && LANGUAGE.test(language) ? language : null }),
  tableCell: cell,
  tableHeader: cell,
  image: ({ fileId, alt, width, height }) => ({
    fileId,
    alt: text(alt, 500) ?? "",
    width: integer(width, 1, 20_000),
    height: integer(height, 1, 20_000),
  }),
  mention: ({ id, label }) => ({ id, label: text(label, 200) }),
};

const storedMark = (mark: RichTextMark): RichTextMark[] => {
  if (mark.type !== "link") return [{ type: mark.type }];
  const { href } = mark.attrs ?? {};
  const address = typeof href === "string" ? toLinkAddress(completeAddress(href)) : null;
  return address ? [{ type: "link", attrs: { href: address.href } }] : [];
};

const storedNode = (node: RichTextNode): RichTextNode => {
  // A picture whose file is still under way leaves an empty line, so that no cell or list item is left without content.
  if (node.type === "image" && !isStoredFileId(node.attrs?.fileId)) return { type: "paragraph" };
  const stored: RichTextNode = { type: node.type };
  const keep = ATTRIBUTES[node.type];
  if (keep) stored.attrs = keep(node.attrs ?? {});
  if (node.text !== undefined) stored.text = node.text.replaceAll("\0", "");
  if (node.marks && node.marks.length > 0) {
    const marks = node.marks.flatMap(storedMark);
    if (marks.length > 0) stored.marks = marks;
  }
  if (node.content && node.content.length > 0) stored.content = node.content.map(storedNode);
  return stored;
};

/** The editor keeps an empty line at the end to write on; it is not part of the text. */
const withoutTrailingBlanks = (nodes: RichTextNode[]): RichTextNode[] => {
  const last = nodes.findLastIndex((node) => node.type !== "paragraph" || !isBlank(node));
  return last === -1 ? [{ type: "paragraph" }] : nodes.slice(0, last + 1);
};

/** The document as it may be stored: what the editor keeps for itself, and what a paste brought along, is left out. */
export const toStoredDocument = (document: RichTextNode): RichText => ({
  type: "doc",
  content: withoutTrailingBlanks((document.content ?? []).map(storedNode)),
});
