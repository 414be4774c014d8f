import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  findRichTextFault,
  imageFileIds,
  mentionedPersonIds,
  paragraphs,
  plainText,
  RICH_TEXT_LIMITS,
  type RichText,
  type RichTextNode,
  richText,
} from "./rich-text";

const id = "0192f0c1-2b3c-7d4e-8f50-61728394a5b6";
const other = "0192f0c1-2b3c-7d4e-8f50-61728394a5b7";
const doc = (...content: unknown[]) => ({ type: "doc", content });
const text = (value: string, ...marks: unknown[]) => ({ type: "text", text: value, ...(marks.length > 0 ? { marks } : {}) });
const p = (...content: unknown[]) => ({ type: "paragraph", content });
const linked = (href: string, attrs: object = {}) => doc(p(text("x", { type: "link", attrs: { href, ...attrs } })));
const nested = (depth: number): object => (depth === 0 ? p(text("x")) : { type: "blockquote", content: [nested(depth - 1)] });

describe("what may be stored", () => {
  it.each([
    ["an empty document", { type: "doc" }],
    ["an empty paragraph", doc({ type: "paragraph" })],
    ["headings", doc({ type: "heading", attrs: { level: 3 }, content: [text("제목")] })],
    ["lists", doc({ type: "orderedList", attrs: { start: 3, type: null }, content: [{ type: "listItem", content: [p(text("하나"))] }] })],
    [
      "a table",
      doc({
        type: "table",
        content: [
          { type: "tableRow", content: [{ type: "tableCell", attrs: { colspan: 2, rowspan: 1, colwidth: null }, content: [p()] }] },
        ],
      }),
    ],
    ["code", doc({ type: "codeBlock", attrs: { language: "c++" }, content: [text("int x;")] })],
    ["every mark", doc(p(text("x", { type: "bold" }, { type: "italic" }, { type: "underline" }, { type: "strike" }, { type: "code" })))],
    ["a picture", doc({ type: "image", attrs: { fileId: id, alt: "사진", width: 800, height: 600 } })],
    ["a mention", doc(p({ type: "mention", attrs: { id, label: "김영희" } }))],
    ["an https link", linked("https://example.com/a?b=c#d", { target: "_blank", rel: "noopener", class: null })],
    ["a link within", linked("/boards/free")],
    ["a mail link", linked("mailto:hong@maru.example")],
  ])("%s", (_name, document) => expect(findRichTextFault(document)).toBeNull());
});

describe("what may not", () => {
  it.each([
    ["nothing", null, "shape"],
    ["a string", "<p>x</p>", "shape"],
    ["another root", p(text("x")), "shape"],
    ["a list of nodes", [doc()], "shape"],
    ["an unknown node", doc({ type: "iframe", attrs: { src: "https://x" } }), "node"],
    ["a node named like a property of objects", doc({ type: "constructor" }), "node"],
    ["__proto__", doc(JSON.parse('{"type":"__proto__"}')), "node"],
    ["a node without a type", doc({}), "node"],
    ["a document in a document", doc(doc()), "node"],
    ["an unknown key", doc({ type: "paragraph", html: "<b>" }), "shape"],
    ["an unknown attribute", doc({ type: "paragraph", attrs: { style: "x" } }), "attribute"],
    ["a heading of level 4", doc({ type: "heading", attrs: { level: 4 } }), "attribute"],
    ["a heading without level", doc({ type: "heading" }), "attribute"],
    ["a picture from elsewhere", doc({ type: "image", attrs: { src: "https://evil.example/x.png" } }), "attribute"],
    ["a picture with a handler", doc({ type: "image", attrs: { fileId: id, onerror: "x" } }), "attribute"],
    ["an unknown mark", doc(p(text("x", { type: "script" }))), "mark"],
    ["a mark with more keys", doc(p(text("x", { type: "bold", on: 1 }))), "mark"],
    ["no mark at all", doc(p(text("x", null))), "mark"],
    ["a javascript link", linked("javascript:alert(1)"), "attribute"],
    ["a javascript link in capitals", linked("JaVaScRiPt:alert(1)"), "attribute"],
    ["a javascript link behind a space", linked(" javascript:alert(1)"), "attribute"],
    ["an address that a browser takes for another host", linked("/\\evil.example"), "attribute"],
    ["a data link", linked("data:text/html,<script>"), "attribute"],
    ["a link to another host without a scheme", linked("//evil.example"), "attribute"],
    ["a link with a handler", linked("https://x.example", { onclick: "x" }), "attribute"],
    ["an empty text", doc(p(text(""))), "shape"],
    ["a text with NUL", doc(p(text("a\0b"))), "shape"],
    ["a text with children", doc(p({ type: "text", text: "x", content: [] })), "shape"],
    ["a paragraph with text of its own", doc({ type: "paragraph", text: "x" }), "shape"],
    ["children that are no list", doc({ type: "paragraph", content: {} }), "shape"],
    ["a code language with a quote", doc({ type: "codeBlock", attrs: { language: 'x" onload="' } }), "attribute"],
  ])("%s", (_name, document, fault) => {
    expect(findRichTextFault(document)).toBe(fault);
    expect(richText.safeParse(document).success).toBe(false);
  });

  it("is deeper, longer or heavier than the limits, by one", () => {
    expect(findRichTextFault(doc(nested(RICH_TEXT_LIMITS.depth - 3)))).toBeNull();
    expect(findRichTextFault(doc(nested(RICH_TEXT_LIMITS.depth - 2)))).toBe("depth");
    const many = (count: number) => doc(...Array.from({ length: count }, () => ({ type: "paragraph" })));
    expect(findRichTextFault(many(RICH_TEXT_LIMITS.nodes - 1))).toBeNull();
    expect(findRichTextFault(many(RICH_TEXT_LIMITS.nodes))).toBe("nodes");
    // Hangul weighs three bytes a syllable: a limit of characters would be three times too generous.
    const syllables = Math.floor((RICH_TEXT_LIMITS.bytes - 100) / 3);
    expect(findRichTextFault(doc(p(text("가".repeat(syllables)))))).toBeNull();
    expect(findRichTextFault(doc(p(text("가".repeat(syllables + 100)))))).toBe("bytes");
  });

  it("is anything that was not made of the known words, and the check never breaks", () => {
    const names = fc.constantFrom("doc", "paragraph", "text", "image", "script", "__proto__", "toString");
    const { node } = fc.letrec((tie) => ({
      node: fc.record(
        {
          type: fc.oneof(names, fc.string()),
          attrs: fc.oneof(fc.constant(undefined), fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
          content: fc.oneof({ depthSize: "small" }, fc.jsonValue(), fc.array(tie("node"), { maxLength: 3 })),
          marks: fc.oneof(fc.constant(undefined), fc.jsonValue()),
          text: fc.oneof(fc.constant(undefined), fc.jsonValue()),
        },
        { requiredKeys: ["type"] },
      ),
    }));
    const known = new Set(["doc", "paragraph", "text", "image"]);
    const types = (value: RichTextNode): string[] => [value.type, ...(value.content ?? []).flatMap(types)];
    fc.assert(
      fc.property(node, (document) => {
        if (findRichTextFault(document) !== null) return;
        expect(types(document as RichText).every((type) => known.has(type))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("what is read out of a document", () => {
  const document = richText.parse(
    doc(
      { type: "heading", attrs: { level: 2 }, content: [text("제목")] },
      p(text("안녕하세요, "), { type: "mention", attrs: { id, label: "김영희" } }, text("님")),
      {
        type: "bulletList",
        content: [
          { type: "listItem", content: [p(text("하나"))] },
          { type: "listItem", content: [p({ type: "mention", attrs: { id, label: "김영희" } })] },
        ],
      },
      {
        type: "table",
        content: [
          {
            type: "tableRow",
            content: [
              { type: "tableCell", content: [p(text("가"))] },
              { type: "tableCell", content: [p(text("나"))] },
            ],
          },
        ],
      },
      { type: "image", attrs: { fileId: other } },
      { type: "image", attrs: { fileId: other } },
    ),
  );

  it("people and pictures, each once", () => {
    expect(mentionedPersonIds(document)).toEqual([id]);
    expect(imageFileIds(document)).toEqual([other]);
  });

  it("its text, a line a block", () => {
    expect(plainText(document)).toBe("제목\n안녕하세요, @김영희님\n하나\n@김영희\n가\n나");
    expect(plainText({ type: "doc" })).toBe("");
    expect(plainText(paragraphs("첫째", "", "셋째"))).toBe("첫째\n셋째");
  });
});
