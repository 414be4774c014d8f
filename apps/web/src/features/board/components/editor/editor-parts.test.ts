import { publishPostInput } from "@maru/api/board/contract";
import { getSchema } from "@tiptap/core";
import { Node } from "@tiptap/pm/model";
import { describe, expect, it } from "vitest";
import type { RichTextNode } from "../rich-text/document";
import { ComposedKeys, type KeyPress } from "./composed-keys";
import { commentExtensions, postExtensions } from "./editor-extensions";
import { MentionBridge } from "./mention-session";
import { pendingFileId, toStoredDocument } from "./stored-document";
import { bringsFiles, isPicture, namedFile, pastedFiles } from "./transferred-files";

const ID = "0190c5a4-7b1e-7c3a-9d53-1d2f3a4b5c6d";
const paragraph = (...content: unknown[]) => ({ type: "paragraph", content });
const text = (words: string, ...marks: unknown[]) => ({ type: "text", text: words, marks });
const accepts = (body: unknown) => publishPostInput.shape.body.safeParse(body);

const everything = {
  type: "doc",
  content: [
    { type: "heading", attrs: { level: 2 }, content: [text("제목")] },
    paragraph(text("글", { type: "bold" }, { type: "italic" }, { type: "strike" }, { type: "underline" }), { type: "hardBreak" }),
    paragraph(text("링크", { type: "link", attrs: { href: "maru.example", target: "_blank", rel: null, class: "x", title: null } })),
    paragraph(text("나쁜 링크", { type: "link", attrs: { href: "javascript:alert(1)" } })),
    { type: "bulletList", content: [{ type: "listItem", content: [paragraph(text("하나"))] }] },
    { type: "orderedList", attrs: { start: -3, type: "disc" }, content: [{ type: "listItem", content: [paragraph()] }] },
    { type: "blockquote", content: [paragraph(text("인용"))] },
    { type: "codeBlock", attrs: { language: "x".repeat(80) }, content: [{ type: "text", text: "a\0b" }] },
    { type: "horizontalRule" },
    {
      type: "table",
      content: [
        {
          type: "tableRow",
          content: [{ type: "tableHeader", attrs: { colspan: 1, rowspan: 1, colwidth: [33.4], align: "left" }, content: [paragraph()] }],
        },
        {
          type: "tableRow",
          content: [{ type: "tableCell", attrs: { colspan: 1, rowspan: 1, colwidth: [3], align: null }, content: [paragraph()] }],
        },
      ],
    },
    { type: "image", attrs: { fileId: ID, alt: "사진", width: 4000, height: 3000 } },
    paragraph({ type: "mention", attrs: { id: ID, label: "개발1팀 김영희 차장" } }),
    paragraph(),
    paragraph(),
  ],
} as RichTextNode;

describe("the document that is stored", () => {
  it("is one that the contract takes, whatever the editor or a paste put into it", () => {
    const stored = toStoredDocument(everything);
    expect(accepts(stored)).toMatchObject({ success: true });
    expect(accepts(everything).success).toBe(false);
    const words = JSON.stringify(stored);
    expect(words).toContain('"href":"https://maru.example"');
    expect(words).not.toMatch(/javascript|_blank|align|disc/);
  });

  it("has no empty lines at its end, and is never without a line", () => {
    expect(toStoredDocument(everything).content?.at(-1)).toMatchObject({ content: [{ type: "mention" }] });
    expect(toStoredDocument({ type: "doc", content: [paragraph(), paragraph()] } as RichTextNode).content).toEqual([{ type: "paragraph" }]);
  });

  it("leaves out a picture whose file is still under way, without leaving a hole", () => {
    const pending = { type: "image", attrs: { fileId: pendingFileId("1-2-3-4"), alt: "", width: null, height: null } };
    const cell = { type: "tableCell", attrs: {}, content: [pending] };
    const stored = toStoredDocument({
      type: "doc",
      content: [{ type: "table", content: [{ type: "tableRow", content: [cell] }] }, pending, paragraph(text("끝"))],
    } as RichTextNode);
    expect(accepts(stored).success).toBe(true);
    expect(JSON.stringify(stored)).not.toContain("image");
    expect(stored.content?.[0]?.content?.[0]?.content?.[0]?.content).toEqual([{ type: "paragraph" }]);
  });

  it("opens again in the editor as it was", () => {
    const schema = getSchema(postExtensions({ bridge: new MentionBridge(), placeholder: "" }));
    const stored = toStoredDocument(everything);
    const opened = Node.fromJSON(schema, stored);
    opened.check();
    expect(toStoredDocument(opened.toJSON())).toEqual(stored);
  });

  it("has in a comment no more than a comment may hold", () => {
    const names = Object.keys(getSchema(commentExtensions({ bridge: new MentionBridge(), placeholder: "" })).nodes);
    expect(names.toSorted()).toEqual(["bulletList", "doc", "hardBreak", "listItem", "mention", "orderedList", "paragraph", "text"]);
  });
});

describe("what a paste brings", () => {
  const picture = new File(["x"], "image.png", { type: "image/png" });
  const file = new File(["x"], "보고서.hwp", { type: "" });
  it("is the picture of a screenshot, and the picture that was copied from a page", () => {
    expect(pastedFiles({ files: [picture], html: "", text: "" })).toEqual([picture]);
    expect(pastedFiles({ files: [picture], html: '<meta charset="utf-8"><img src="https://a.example/x.png">', text: "" })).toEqual([
      picture,
    ]);
    expect(pastedFiles({ files: [file], html: "", text: "보고서.hwp" })).toEqual([file]);
  });
  it("is the table of a spreadsheet and the text of a word processor, not the picture beside it", () => {
    const excel = "<html><head><style>td{mso-x:1}</style></head><body><!--StartFragment--><table><tr><td></td></tr></table></body></html>";
    expect(pastedFiles({ files: [picture], html: excel, text: "\t" })).toEqual([]);
    expect(pastedFiles({ files: [picture], html: "<p>기안합니다</p>", text: "기안합니다" })).toEqual([]);
    expect(pastedFiles({ files: [picture], html: "", text: "기안합니다" })).toEqual([]);
    expect(pastedFiles({ files: [], html: "", text: "글" })).toEqual([]);
  });
  it("tells pictures from documents, an SVG being one of these", () => {
    expect(["image/png", "image/JPEG", "image/svg+xml", "image/heic", "application/pdf", ""].filter((type) => isPicture({ type }))).toEqual(
      ["image/png", "image/JPEG"],
    );
    expect(bringsFiles(null)).toBe(false);
  });
  it("gets a name that tells it from the next one", () => {
    expect(namedFile(picture, new Date("2026-11-20T05:05:09Z")).name).toBe("2026-11-20-140509.png");
    expect(namedFile(file, new Date()).name).toBe("보고서.hwp");
  });
});

describe("keys while Hangul is composed", () => {
  const press = (rest: Partial<KeyPress>): KeyPress => ({
    key: "Enter",
    code: "Enter",
    isComposing: false,
    keyCode: 13,
    timeStamp: 1_000,
    ...rest,
  });
  it("are left alone when nothing is composed", () => {
    expect(new ComposedKeys().read(press({}))).toEqual({ kind: "plain" });
    expect(new ComposedKeys().read(press({ key: "ㅎ", code: "KeyG", isComposing: true, keyCode: 229 }))).toEqual({ kind: "plain" });
  });
  it("count once where the browser tells them twice", () => {
    const keys = new ComposedKeys();
    expect(keys.read(press({ isComposing: true, keyCode: 229 }))).toEqual({ kind: "composed", key: "Enter" });
    expect(keys.read(press({ timeStamp: 1_010 }))).toEqual({ kind: "echo" });
    expect(keys.read(press({ timeStamp: 1_020 }))).toEqual({ kind: "plain" });
  });
  it("count again when they are pressed again", () => {
    const keys = new ComposedKeys();
    keys.read(press({ key: "ArrowDown", isComposing: true, keyCode: 229 }));
    expect(keys.read(press({ key: "ArrowDown", timeStamp: 1_600 }))).toEqual({ kind: "plain" });
  });
  it("are known by their place on Windows, and by their number in WebKit", () => {
    expect(new ComposedKeys().read(press({ key: "Process", code: "ArrowDown", isComposing: true, keyCode: 229 }))).toEqual({
      kind: "composed",
      key: "ArrowDown",
    });
    expect(new ComposedKeys().read(press({ isComposing: false, keyCode: 229 }))).toEqual({ kind: "composed", key: "Enter" });
  });
});
