import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { RichText, RichTextNode } from "./document";
import { isBlank, pictureIds, textOf } from "./document";
import { completeAddress, toLinkAddress } from "./link-address";
import { RichTextView } from "./rich-text-view";

const FILE = "0190c5a4-7b1e-7c3a-9d53-1d2f3a4b5c6d";
const doc = (...content: unknown[]) => ({ type: "doc", content }) as RichText;
const paragraph = (...content: unknown[]) => ({ type: "paragraph", content });
const text = (words: string, ...marks: unknown[]) => ({ type: "text", text: words, ...(marks.length > 0 ? { marks } : {}) });
const link = (href: unknown) => ({ type: "link", attrs: { href } });

const html = (document: RichText) =>
  renderToStaticMarkup(
    <RichTextView
      document={document}
      scrollLabel="wide"
      renderPicture={(picture) => <img alt={picture.alt} data-file={picture.fileId} width={picture.width ?? undefined} />}
    />,
  );

describe("what a document shows", () => {
  it("renders every node and mark of the editor", () => {
    const shown = html(
      doc(
        { type: "heading", attrs: { level: 1 }, content: [text("제목")] },
        paragraph(text("굵게", { type: "bold" }), text("밑줄", { type: "underline" }, { type: "italic" }), { type: "hardBreak" }),
        { type: "orderedList", attrs: { start: 3, type: "a" }, content: [{ type: "listItem", content: [paragraph(text("하나"))] }] },
        { type: "codeBlock", attrs: { language: "ts" }, content: [text("a < b")] },
        {
          type: "table",
          content: [
            { type: "tableRow", content: [{ type: "tableHeader", attrs: { colspan: 2, colwidth: [80, 40] }, content: [paragraph()] }] },
          ],
        },
        paragraph({ type: "mention", attrs: { id: FILE, label: "김영희 차장" } }),
        { type: "image", attrs: { fileId: FILE, alt: "마루", width: 40, height: 30 } },
      ),
    );
    expect(shown).toContain('<h2 data-level="1">제목</h2>');
    expect(shown).toContain("<strong>굵게</strong><u><em>밑줄</em></u><br/>");
    expect(shown).toContain('<ol start="3" type="a"><li><p>하나</p></li></ol>');
    expect(shown).toContain("<code>a &lt; b</code>");
    expect(shown).toContain('<th colSpan="2" style="min-width:120px">');
    expect(shown).toContain("@김영희 차장</span>");
    expect(shown).toContain(`<img alt="마루" data-file="${FILE}" width="40"/>`);
  });

  it("keeps one link whole when a word in it is bold", () => {
    const shown = html(doc(paragraph(text("보기 ", link("https://a.example")), text("굵게", link("https://a.example"), { type: "bold" }))));
    expect(shown.match(/<a /g)).toHaveLength(1);
    expect(shown).toContain('rel="noopener noreferrer nofollow"');
  });
});

describe("what a forged document does not show", () => {
  const forgedLinks = [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https:\\\\evil.example",
    "file:///etc/passwd",
    { toString: () => "javascript:alert(1)" },
    null,
    `https://${"a".repeat(2_000)}`,
  ];
  it.each(forgedLinks)("link %#: stays words", (href) => {
    const shown = html(doc(paragraph(text("눌러 보세요", link(href)))));
    expect(shown).toContain("눌러 보세요");
    expect(shown).not.toContain("<a");
    expect(shown).not.toContain("href");
  });

  const forgedNodes: unknown[] = [
    { type: "script", content: [text("alert(1)")] },
    { type: "iframe", attrs: { src: "https://evil.example" } },
    { type: "html", attrs: { html: "<img src=x onerror=alert(1)>" } },
    { type: "constructor" },
    { type: "__proto__" },
    { type: ["paragraph"] },
    { type: "image", attrs: { fileId: "javascript:alert(1)" } },
    { type: "image", attrs: { fileId: "../../api/secret", src: "x" } },
    { type: "image", attrs: { src: "https://evil.example/track.png" } },
    { type: "mention", attrs: { id: FILE, label: { html: "<b>" } } },
    { type: "text", text: { toString: () => "x" } },
    null,
    "<script>alert(1)</script>",
    7,
  ];
  it.each(forgedNodes)("node %#: leaves no trace", (node) => {
    expect(html(doc(node))).toMatch(/^<div class="[^"]*" data-size="reading"><\/div>$/);
  });

  it("escapes markup in text, alternative text and names (ASVS 3.2.2)", () => {
    const evil = '<img src=x onerror="alert(1)">';
    const shown = html(
      doc(
        paragraph(text(evil), { type: "mention", attrs: { id: FILE, label: evil } }),
        { type: "image", attrs: { fileId: FILE, alt: evil } },
        { type: "codeBlock", content: [text(evil)] },
      ),
    );
    expect(shown).not.toContain("<img src=x");
    expect(shown.match(/&lt;img src=x/g)).toHaveLength(4);
  });

  it("takes no attribute that is not on the list", () => {
    const attrs = {
      onclick: "alert(1)",
      style: "position:fixed",
      class: "x",
      href: "javascript:alert(1)",
      colspan: "2",
      rowspan: -1,
      level: "1",
    };
    const shown = html(
      doc(
        { type: "heading", attrs, content: [text("제목", { type: "bold", attrs })] },
        {
          type: "table",
          content: [{ type: "tableRow", attrs, content: [{ type: "tableCell", attrs, content: [{ ...paragraph(), attrs }] }] }],
        },
        { type: "orderedList", attrs: { start: "1;x", type: "disc" }, content: [] },
      ),
    );
    expect(shown).not.toMatch(/onclick|fixed|href|colspan|rowspan|disc|"x"/i);
    expect(shown).toContain('<h4 data-level="3">');
  });

  it("stops at a depth that no editor reaches", () => {
    let node: RichTextNode = { type: "paragraph", content: [{ type: "text", text: "바닥" }] };
    for (let depth = 0; depth < 3_000; depth += 1) node = { type: "blockquote", content: [node] };
    expect(html(doc(node))).not.toContain("바닥");
  });
});

describe("addresses", () => {
  it.each([
    ["https://maru.example/a?b=c#d", true],
    ["mailto:hong@maru.example", true],
    ["tel:+82-2-1234-5678", true],
    ["/boards/free", false],
  ])("%s may be followed", (href, isExternal) => {
    expect(toLinkAddress(href)).toEqual({ href, isExternal });
  });
  it.each([
    ["maru.example", "https://maru.example"],
    [" localhost:3000 ", "https://localhost:3000"],
    ["hong@maru.example", "mailto:hong@maru.example"],
    ["/boards", "/boards"],
    ["javascript:alert(1)", "javascript:alert(1)"],
  ])("%s typed becomes %s", (typed, address) => {
    expect(completeAddress(typed)).toBe(address);
  });
});

describe("the words of a document", () => {
  const document = doc(
    paragraph(text("첫 줄")),
    {
      type: "table",
      content: [
        {
          type: "tableRow",
          content: [
            { type: "tableCell", content: [paragraph(text("가"))] },
            { type: "tableCell", content: [paragraph(text("나"))] },
          ],
        },
      ],
    },
    paragraph({ type: "mention", attrs: { id: FILE, label: "김영희" } }, text(" 님")),
  );
  it("come as lines, cells and names", () => {
    expect(textOf(document)).toBe("첫 줄\n가\t나\n@김영희 님");
  });
  it("are missing from a blank document, not from one with a picture", () => {
    expect(isBlank(doc(paragraph(text("  ")), paragraph()))).toBe(true);
    const withPicture = doc({ type: "image", attrs: { fileId: FILE } });
    expect(isBlank(withPicture)).toBe(false);
    expect(pictureIds(withPicture)).toEqual([FILE]);
  });
});
