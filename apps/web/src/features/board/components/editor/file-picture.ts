import { mergeAttributes, Node } from "@tiptap/core";
import { ReactNodeViewRenderer } from "@tiptap/react";
import { FilePictureView } from "./file-picture-view";

export type FilePictureAttributes = { fileId: string; alt: string; width: number | null; height: number | null };

const numberOf = (value: string | null): number | null => (value === null ? null : Number.parseInt(value, 10) || null);

/**
 * A picture in the text. It knows a file of ours and nothing else: an address from a pasted page never becomes a picture, so that no post
 * makes its readers' browsers call strangers.
 */
export const FilePicture = Node.create({
  name: "image",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    return {
      fileId: { default: "", parseHTML: (element) => element.getAttribute("data-file-id") },
      alt: { default: "", parseHTML: (element) => element.getAttribute("data-alt") ?? "" },
      width: { default: null, parseHTML: (element) => numberOf(element.getAttribute("data-width")) },
      height: { default: null, parseHTML: (element) => numberOf(element.getAttribute("data-height")) },
    };
  },

  parseHTML() {
    return [{ tag: "figure[data-file-id]" }];
  },

  renderHTML({ node }) {
    const { fileId, alt, width, height } = node.attrs;
    return ["figure", mergeAttributes({ "data-file-id": fileId, "data-alt": alt, "data-width": width, "data-height": height })];
  },

  addNodeView() {
    return ReactNodeViewRenderer(FilePictureView);
  },
});
