import { z } from "zod";

/** Limits of a document; a document beyond them is refused, never cut. */
export const RICH_TEXT_LIMITS = { depth: 20, nodes: 10_000, bytes: 256 * 1024 } as const;

export type RichTextMark = { type: string; attrs?: Record<string, unknown> };
export type RichTextNode = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: RichTextNode[];
  marks?: RichTextMark[];
  text?: string;
};
export type RichText = RichTextNode & { type: "doc" };

const UNSTORABLE = /\0|\p{Surrogate}/u;

/** False for a text that PostgreSQL refuses: one with NUL in it, or with half of a character (in JSON). Every text of an input is asked. */
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);

const words = (length: number) => z.string().max(length).refine(isStorable);

const LINK = z.strictObject({
  href: words(2_000).regex(/^(https?:\/\/|mailto:|tel:|\/(?![/\\]))/i),
  target: words(20).nullish(),
  rel: words(100).nullish(),
  class: words(100).nullish(),
  title: words(300).nullish(),
});
const NONE = z.strictObject({}).optional();
const CELL = z.strictObject({
  colspan: z.int().min(1).max(100).optional(),
  rowspan: z.int().min(1).max(1_000).optional(),
  colwidth: z.array(z.int().min(10).max(4_000)).max(100).nullish(),
});

// The allow-lists: what is not named here is not stored. The editor's schema has the same names.
const NODES: Readonly<Record<string, z.ZodType>> = {
  doc: NONE,
  paragraph: NONE,
  text: NONE,
  heading: z.strictObject({ level: z.int().min(1).max(3) }),
  bulletList: NONE,
  orderedList: z
    .strictObject({ start: z.int().min(0).max(1_000_000).optional(), type: z.enum(["1", "a", "A", "i", "I"]).nullish() })
    .optional(),
  listItem: NONE,
  blockquote: NONE,
  codeBlock: z
    .strictObject({
      language: z
        .string()
        .regex(/^[\w+#-]{0,30}$/)
        .nullish(),
    })
    .optional(),
  hardBreak: NONE,
  horizontalRule: NONE,
  table: NONE,
  tableRow: NONE,
  tableCell: CELL.optional(),
  tableHeader: CELL.optional(),
  image: z.strictObject({
    fileId: z.uuid(),
    alt: words(500).nullish(),
    width: z.int().min(1).max(20_000).nullish(),
    height: z.int().min(1).max(20_000).nullish(),
  }),
  mention: z.strictObject({ id: z.uuid(), label: words(200).min(1) }),
};
const MARKS: Readonly<Record<string, z.ZodType>> = { bold: NONE, italic: NONE, underline: NONE, strike: NONE, code: NONE, link: LINK };

const NODE_KEYS = new Set(["type", "attrs", "content", "marks", "text"]);

type Fault = "shape" | "node" | "mark" | "attribute" | "depth" | "nodes" | "bytes";

const checkNode = (value: unknown, depth: number, count: { nodes: number }): Fault | null => {
  if (depth > RICH_TEXT_LIMITS.depth) return "depth";
  count.nodes += 1;
  if (count.nodes > RICH_TEXT_LIMITS.nodes) return "nodes";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "shape";
  const node = value as Record<string, unknown>;
  if (Object.keys(node).some((key) => !NODE_KEYS.has(key))) return "shape";
  const attributes = typeof node.type === "string" && Object.hasOwn(NODES, node.type) ? NODES[node.type] : undefined;
  if (!attributes) return "node";
  if (!attributes.safeParse(node.attrs).success) return "attribute";
  if (node.type === "text") {
    if (typeof node.text !== "string" || node.text.length === 0 || !isStorable(node.text) || node.content !== undefined) return "shape";
  } else if (node.text !== undefined) return "shape";
  return checkMarks(node.marks) ?? checkContent(node.content, depth, count);
};

const checkMarks = (marks: unknown): Fault | null => {
  if (marks === undefined) return null;
  if (!Array.isArray(marks) || marks.length > 10) return "shape";
  for (const mark of marks as Record<string, unknown>[]) {
    const attributes = typeof mark?.type === "string" && Object.hasOwn(MARKS, mark.type) ? MARKS[mark.type] : undefined;
    if (!attributes || Object.keys(mark).some((key) => key !== "type" && key !== "attrs")) return "mark";
    if (!attributes.safeParse(mark.attrs).success) return "attribute";
  }
  return null;
};

const checkContent = (content: unknown, depth: number, count: { nodes: number }): Fault | null => {
  if (content === undefined) return null;
  if (!Array.isArray(content)) return "shape";
  for (const child of content) {
    const fault = (child as { type?: unknown } | null)?.type === "doc" ? "node" : checkNode(child, depth + 1, count);
    if (fault) return fault;
  }
  return null;
};

/** The first fault of a document, or null when it may be stored. */
export const findRichTextFault = (value: unknown): Fault | null => {
  if ((value as { type?: unknown } | null)?.type !== "doc") return "shape";
  const fault = checkNode(value, 1, { nodes: 0 });
  if (fault) return fault;
  return new TextEncoder().encode(JSON.stringify(value)).length > RICH_TEXT_LIMITS.bytes ? "bytes" : null;
};

// Says what it is to the description of the REST interface, which can't see into a check.
const DOCUMENT = z.custom<RichText>().meta({ override: { type: "object" }, description: "A ProseMirror document" });

/** A ProseMirror document that passed the allow-list. It is rendered node by node; no HTML string of it is trusted anywhere. */
export const richText: z.ZodType<RichText, RichText> = DOCUMENT.superRefine((value, context) => {
  const fault = findRichTextFault(value);
  if (fault) context.addIssue({ code: "custom", message: `rich text: ${fault}`, params: { fault } });
});

const visit = (node: RichTextNode, look: (node: RichTextNode) => void): void => {
  look(node);
  for (const child of node.content ?? []) visit(child, look);
};

const collect = (document: RichText, type: string, attribute: string): string[] => {
  const found = new Set<string>();
  visit(document, (node) => {
    if (node.type === type && typeof node.attrs?.[attribute] === "string") found.add(node.attrs[attribute]);
  });
  return [...found];
};

/** The people whom a document mentions, each once. */
export const mentionedPersonIds = (document: RichText): string[] => collect(document, "mention", "id");
/** The files whose pictures stand in a document, each once. */
export const imageFileIds = (document: RichText): string[] => collect(document, "image", "fileId");

const BLOCKS = new Set(["paragraph", "heading", "listItem", "blockquote", "codeBlock", "tableRow", "hardBreak"]);

/** The text of a document, a line a block: for excerpts, notifications and search. */
export const plainText = (document: RichText): string => {
  const write = (node: RichTextNode): string => {
    const own = node.type === "mention" ? `@${String(node.attrs?.label)}` : (node.text ?? "");
    const inner = (node.content ?? []).map(write).join(node.type === "tableRow" ? "\t" : "");
    return own + inner + (BLOCKS.has(node.type) ? "\n" : "");
  };
  return write(document)
    .replace(/[\n\t ]*\n\s*/g, "\n")
    .trim();
};

/** A document of plain paragraphs, for seeds and scripts. */
export const paragraphs = (...lines: string[]): RichText => ({
  type: "doc",
  content: lines.map((line) => (line === "" ? { type: "paragraph" } : { type: "paragraph", content: [{ type: "text", text: line }] })),
});
