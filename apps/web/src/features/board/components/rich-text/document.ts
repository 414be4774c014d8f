import type { PostView } from "@maru/api/board/contract";

/** A stored document, as the contract carries it. */
export type RichText = PostView["body"];
export type RichTextNode = NonNullable<RichText["content"]>[number];
export type RichTextMark = NonNullable<RichTextNode["marks"]>[number];

/** The document of somebody who has not written anything yet. */
export const EMPTY_DOCUMENT: RichText = { type: "doc", content: [{ type: "paragraph" }] };

// A picture or a line is content although it holds no text.
const STANDS_ALONE = new Set(["image", "mention", "horizontalRule", "table"]);

/** Whether nothing was written: only empty paragraphs, breaks and spaces. */
export const isBlank = (node: RichTextNode): boolean =>
  !STANDS_ALONE.has(node.type) && (node.text ?? "").trim() === "" && (node.content ?? []).every(isBlank);

/** The words of a document, a line a block: for copying to the clipboard. */
export const textOf = (node: RichTextNode): string => {
  if (node.type === "mention") return `@${String(node.attrs?.label ?? "")}`;
  if (node.type === "hardBreak") return "\n";
  if (node.text !== undefined) return node.text;
  const parts = (node.content ?? []).map(textOf);
  if (node.type === "tableRow") return parts.map((cell) => cell.trim().replaceAll("\n", " ")).join("\t");
  const isInline = (node.content ?? []).every(
    (child) => child.text !== undefined || child.type === "mention" || child.type === "hardBreak",
  );
  return parts.join(isInline ? "" : "\n");
};

/** The files whose pictures stand in a document. */
export const pictureIds = (node: RichTextNode): string[] => {
  const own = node.type === "image" && typeof node.attrs?.fileId === "string" ? [node.attrs.fileId] : [];
  return [...new Set([...own, ...(node.content ?? []).flatMap(pictureIds)])];
};
