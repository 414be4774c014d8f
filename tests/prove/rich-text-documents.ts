import type { RichTextMark, RichTextNode } from "@maru/platform/rich-text";
import fc from "fast-check";

// Written by hand from the editor's schema, never read from the allow-list that it judges.

const word = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).filter((text) => !/\0|\p{Surrogate}/u.test(text)),
  fc.constantFrom(
    "안녕하세요",
    "각각",
    "👨‍👩‍👧‍👦",
    "<script>alert(1)</script>",
    "'; DROP TABLE post; --",
    "#{7*7}",
    "‮abc",
    "{{constructor}}",
  ),
);
const id = fc.uuid();
const href = fc.constantFrom(
  "https://maru.example/",
  "http://a.example/?q=가",
  "mailto:a@b.example",
  "tel:+82-2-1234",
  "/boards/free",
  "HTTPS://A.EXAMPLE",
);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const mark: fc.Arbitrary<RichTextMark> = fc.oneof(
  fc.constantFrom("bold", "italic", "underline", "strike", "code").map((type) => ({ type })),
  fc.record({ type: fc.constant("link"), attrs: fc.record({ href, target: fc.constantFrom(null, "_blank") }) }),
);
const text: fc.Arbitrary<RichTextNode> = fc.record(
  { type: fc.constant("text"), text: word, marks: fc.array(mark, { maxLength: 3 }) },
  { requiredKeys: ["type", "text"] },
);
const mention = fc.record({ type: fc.constant("mention"), attrs: fc.record({ id, label: word }) });
const inline: fc.Arbitrary<RichTextNode> = fc.oneof({ weight: 6, arbitrary: text }, mention, fc.constant({ type: "hardBreak" }));
const inlines = fc.array(inline, { maxLength: 4 });

const image = fc.record({
  type: fc.constant("image"),
  attrs: fc.record(
    { fileId: id, alt: fc.option(word), width: optional(fc.integer({ min: 1, max: 20_000 })) },
    { requiredKeys: ["fileId"] },
  ),
});
const leaf: fc.Arbitrary<RichTextNode> = fc.oneof(
  fc.record({ type: fc.constant("paragraph"), content: inlines }),
  fc.record({ type: fc.constant("heading"), attrs: fc.record({ level: fc.integer({ min: 1, max: 3 }) }), content: inlines }),
  fc.record({
    type: fc.constant("codeBlock"),
    attrs: fc.record({ language: fc.constantFrom(null, "ts", "c++", "") }),
    content: fc.array(text, { maxLength: 2 }),
  }),
  fc.constant({ type: "horizontalRule" }),
  image,
);

const cell = (inner: fc.Arbitrary<RichTextNode>) =>
  fc.record({
    type: fc.constantFrom("tableCell", "tableHeader"),
    attrs: fc.record({ colspan: fc.integer({ min: 1, max: 3 }), rowspan: fc.constant(1), colwidth: fc.constantFrom(null, [120]) }),
    content: fc.array(inner, { minLength: 1, maxLength: 2 }),
  });

const { block } = fc.letrec<{ block: RichTextNode }>((tie) => {
  const inner = fc.array(tie("block"), { minLength: 1, maxLength: 2 });
  const item = fc.record({ type: fc.constant("listItem"), content: inner });
  const row = fc.record({ type: fc.constant("tableRow"), content: fc.array(cell(tie("block")), { minLength: 1, maxLength: 3 }) });
  return {
    block: fc.oneof(
      { maxDepth: 4, depthSize: "small", withCrossShrink: true },
      { weight: 6, arbitrary: leaf },
      fc.record({ type: fc.constant("bulletList"), content: fc.array(item, { minLength: 1, maxLength: 2 }) }),
      fc.record({
        type: fc.constant("orderedList"),
        attrs: fc.record({ start: fc.nat(50) }),
        content: fc.array(item, { minLength: 1, maxLength: 2 }),
      }),
      fc.record({ type: fc.constant("blockquote"), content: inner }),
      fc.record({ type: fc.constant("table"), content: fc.array(row, { minLength: 1, maxLength: 2 }) }),
    ),
  };
});

/** Documents that the editor could have made: all of them must be accepted. */
export const validDocument: fc.Arbitrary<RichTextNode> = fc
  .array(block, { minLength: 1, maxLength: 5 })
  .map((content) => ({ type: "doc", content }));

const paragraphWith = (node: unknown) => ({ type: "paragraph", content: [node] });
const textWith = (mark: unknown) => paragraphWith({ type: "text", text: "가", marks: [mark] });
const linkTo = (href: unknown) => textWith({ type: "link", attrs: { href } });
const someId = "0190f5e5-0000-7000-8000-000000000000";

const forgedType = fc.oneof(
  fc.constantFrom(
    "script",
    "iframe",
    "html",
    "style",
    "svg",
    "object",
    "Paragraph",
    "text ",
    "",
    "doc",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
  ),
  fc.constantFrom(null, 7, true, ["paragraph"], { toString: "paragraph" }, { $ne: 1 }),
);
const hostileHref = fc.oneof(
  fc.constantFrom(
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
  ),
  fc.constantFrom(
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://a/b",
    "//evil.example",
    "",
    "about:blank",
    "\\\\evil",
    "http:",
  ),
  fc.constantFrom(null, 7, ["https://a.example"], { $ne: "" }, `https://a.example/${"x".repeat(2_000)}`),
);
const hostileValue = fc.constantFrom<unknown>(
  { $ne: 1 },
  { not: "" },
  [],
  ["x"],
  -1,
  1e308,
  0.5,
  "9",
  "\0",
  true,
  "x".repeat(5_000),
  Number.MAX_SAFE_INTEGER,
);
// PostgreSQL keeps neither NUL nor half a character in its JSON.
const unstorable = fc.constantFrom("a\0", "\0", "\0안녕", "\ud83d", "가\udc00나", "\udfff\ud800");

const nested = (depth: number): unknown => {
  let node: unknown = { type: "paragraph" };
  for (let level = 0; level < depth; level += 1) node = { type: "blockquote", content: [node] };
  return node;
};

/** What makes a document forged. What is very deep or large is named by its size, so that a failure can be printed. */
export type Forgery =
  | { readonly kind: string; readonly node: unknown }
  | { readonly kind: "depth" | "nodes" | "bytes"; readonly size: number };

/** The node that a forgery puts into a document. */
export const nodeOf = (forgery: Forgery): unknown => {
  if (!("size" in forgery)) return forgery.node;
  if (forgery.kind === "depth") return nested(forgery.size);
  if (forgery.kind === "bytes") return paragraphWith({ type: "text", text: "가".repeat(forgery.size / 3) });
  return { type: "paragraph", content: Array.from({ length: forgery.size }, () => ({ type: "hardBreak" })) };
};

/** One node that no document may contain, wherever it stands. */
export const forgery: fc.Arbitrary<Forgery> = fc.oneof(
  forgedType.map((type) => ({ kind: "node", node: { type } })),
  forgedType.filter((type) => typeof type !== "string" || type !== "").map((type) => ({ kind: "mark", node: textWith({ type }) })),
  hostileHref.map((value) => ({ kind: "link", node: linkTo(value) })),
  fc.constantFrom("onclick", "style", "src", "srcdoc", "__proto__", "constructor", "innerHTML", "data-x").chain((name) =>
    fc.constantFrom("paragraph", "heading", "tableCell", "hardBreak").map((type) => ({
      kind: "attribute",
      node: JSON.parse(`{"type":"${type}","attrs":{${type === "heading" ? '"level":1,' : ""}"${name}":"x"}}`) as unknown,
    })),
  ),
  fc.constantFrom("onclick", "html", "__proto__", "constructor", "children").map((name) => ({
    kind: "key",
    node: JSON.parse(`{"type":"paragraph","${name}":{"x":1}}`) as unknown,
  })),
  hostileValue.map((value) => ({ kind: "attribute value", node: { type: "heading", attrs: { level: value } } })),
  hostileValue.map((value) => ({ kind: "attribute value", node: { type: "image", attrs: { fileId: value } } })),
  hostileValue
    .filter((value) => value !== "9")
    .map((value) => ({ kind: "attribute value", node: paragraphWith({ type: "mention", attrs: { id: someId, label: value } }) })),
  fc.constantFrom<unknown>(null, 7, "text", true, [], [[]], () => 1).map((node) => ({ kind: "shape", node })),
  fc.constantFrom<unknown>(null, {}, "text", 7).map((content) => ({ kind: "shape", node: { type: "paragraph", content } })),
  fc.constantFrom<unknown>("", 7, null, ["x"], { x: 1 }).map((text) => ({ kind: "shape", node: paragraphWith({ type: "text", text }) })),
  fc.constant({ kind: "shape", node: paragraphWith({ type: "text", text: "a", content: [] }) }),
  fc.constant({ kind: "shape", node: { type: "paragraph", text: "a" } }),
  unstorable.map((text) => ({ kind: "unstorable text", node: paragraphWith({ type: "text", text }) })),
  fc.tuple(fc.constantFrom("href", "title", "class", "rel", "target"), unstorable).map(([name, text]) => ({
    kind: "unstorable text",
    node: textWith({
      type: "link",
      attrs: { href: "https://a.example/", [name]: `${name === "href" ? "https://a.example/" : ""}${text}` },
    }),
  })),
  unstorable.map((alt) => ({ kind: "unstorable text", node: { type: "image", attrs: { fileId: someId, alt } } })),
  unstorable.map((label) => ({ kind: "unstorable text", node: paragraphWith({ type: "mention", attrs: { id: someId, label } }) })),
  fc.oneof(fc.integer({ min: 19, max: 40 }), fc.constantFrom(5_000, 20_000)).map((size) => ({ kind: "depth" as const, size })),
  fc.constant({ kind: "nodes" as const, size: 10_001 }),
  fc.constant({ kind: "bytes" as const, size: 270_000 }),
);
