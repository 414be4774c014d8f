import type { RichText, RichTextMark, RichTextNode } from "@maru/platform/rich-text";

/** Small words for writing documents by hand. */
export type Inline = string | RichTextNode;

const text = (value: string, marks?: RichTextMark[]): RichTextNode =>
  marks ? { type: "text", text: value, marks } : { type: "text", text: value };
const inline = (parts: readonly Inline[]): RichTextNode[] => parts.map((part) => (typeof part === "string" ? text(part) : part));
const block = (type: string, content: RichTextNode[], attrs?: Record<string, unknown>): RichTextNode =>
  attrs ? { type, attrs, content } : { type, content };

export const bold = (value: string): RichTextNode => text(value, [{ type: "bold" }]);
export const mono = (value: string): RichTextNode => text(value, [{ type: "code" }]);
export const link = (value: string, href: string): RichTextNode => text(value, [{ type: "link", attrs: { href } }]);
export const mention = (person: { readonly id: string; readonly name: string }): RichTextNode => ({
  type: "mention",
  attrs: { id: person.id, label: person.name },
});

export const p = (...parts: Inline[]): RichTextNode => block("paragraph", inline(parts));
export const h2 = (value: string): RichTextNode => block("heading", [text(value)], { level: 2 });
export const h3 = (value: string): RichTextNode => block("heading", [text(value)], { level: 3 });
export const quote = (...parts: Inline[]): RichTextNode => block("blockquote", [p(...parts)]);
export const code = (language: string, source: string): RichTextNode => block("codeBlock", [text(source)], { language });
export const rule: RichTextNode = { type: "horizontalRule" };

const items = (lines: readonly (Inline | Inline[])[]): RichTextNode[] =>
  lines.map((line) => block("listItem", [p(...(Array.isArray(line) ? line : [line]))]));
export const ul = (...lines: (Inline | Inline[])[]): RichTextNode => block("bulletList", items(lines));
export const ol = (...lines: (Inline | Inline[])[]): RichTextNode => block("orderedList", items(lines), { start: 1 });

/** The first row is the heading. */
export const table = (heading: readonly string[], ...rows: (readonly string[])[]): RichTextNode => {
  const row = (cells: readonly string[], type: string) =>
    block(
      "tableRow",
      cells.map((cell) => block(type, [cell === "" ? { type: "paragraph" } : p(cell)])),
    );
  return block("table", [row(heading, "tableHeader"), ...rows.map((cells) => row(cells, "tableCell"))]);
};

export type Picture = { readonly fileId: string; readonly alt: string; readonly width: number; readonly height: number };
export const picture = ({ fileId, alt, width, height }: Picture): RichTextNode => ({
  type: "image",
  attrs: { fileId, alt, width, height },
});

export const doc = (...content: RichTextNode[]): RichText => ({ type: "doc", content });
