import type { Editor } from "@tiptap/core";
import { Selection } from "@tiptap/pm/state";

export type Measured = { readonly width: number; readonly height: number };

/** The size of a picture as it is shown, turned the way its camera says; null when the browser cannot read it. */
export const measurePicture = (address: string): Promise<Measured | null> =>
  new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve({ width: image.naturalWidth, height: image.naturalHeight });
    image.onerror = () => resolve(null);
    image.src = address;
  });

/** Where the pictures of a file stand in the text, the end of each. */
const endsOf = (editor: Editor, fileId: string): { readonly position: number; readonly end: number }[] => {
  const found: { position: number; end: number }[] = [];
  editor.state.doc.descendants((node, position) => {
    if (node.type.name === "image" && node.attrs.fileId === fileId) found.push({ position, end: position + node.nodeSize });
  });
  return found;
};

export const standsInText = (editor: Editor | null, fileId: string): boolean =>
  editor !== null && !editor.isDestroyed && endsOf(editor, fileId).length > 0;

/** Gives every picture that waits for a file its file. The writer did not do this, so undo does not take it back. */
export const settlePictures = (editor: Editor, pendingId: string, fileId: string): void => {
  const { tr } = editor.state;
  for (const { position } of endsOf(editor, pendingId)) tr.setNodeAttribute(position, "fileId", fileId);
  if (tr.docChanged) editor.view.dispatch(tr.setMeta("addToHistory", false));
};

/** Puts a picture into the text, and the cursor behind it, so that what is typed next does not replace it. Returns that place. */
export const insertPicture = (editor: Editor, fileId: string, size: Measured, at: number | null): number | null => {
  const picture = { type: "image", attrs: { fileId, alt: "", ...size } };
  editor.commands.insertContentAt(at ?? editor.state.selection.to, picture);
  const behind = endsOf(editor, fileId).at(-1)?.end ?? null;
  if (behind === null) return null;
  const { doc, tr } = editor.state;
  editor.view.dispatch(tr.setSelection(Selection.near(doc.resolve(behind), 1)).scrollIntoView());
  return behind;
};
