"use client";
import type { FileView } from "@maru/api/files/contract";
import type { Editor } from "@tiptap/core";
import { useRef, useState } from "react";
import { toStoredDocument } from "../components/editor/stored-document";
import type { RichText } from "../components/rich-text/document";
import { type DraftStart, type DraftText, isSameText } from "./draft-start";

/** What is being written, read at any moment: also the moment in which the page goes away and the editor with it. */
export const useWriting = (start: DraftStart) => {
  const [title, setTitle] = useState(start.text.title);
  const [editor, setEditor] = useState<Editor | null>(null);
  const latest = useRef({ title: start.text.title, body: start.text.body });
  const baseline = useRef<DraftText | null>(null);
  const read = (attachments: readonly FileView[]): DraftText => {
    if (editor && !editor.isDestroyed) latest.current.body = toStoredDocument(editor.getJSON());
    return { ...latest.current, attachments };
  };
  const changeTitle = (words: string) => {
    latest.current.title = words;
    setTitle(words);
  };
  return {
    title,
    changeTitle,
    editor,
    read,
    open: (opened: Editor) => {
      baseline.current ??= { title: start.text.title, body: toStoredDocument(opened.getJSON()), attachments: start.text.attachments };
      setEditor(opened);
    },
    /** The editor puts a document in order when it opens; only what differs from then on was written by somebody. */
    hasChanged: (attachments: readonly FileView[]) => {
      const now = read(attachments);
      return baseline.current === null || !isSameText(baseline.current, now);
    },
    /** Puts another text in place of this one, as one step of the editor's history: undo brings the writer's own text back. */
    replace: (words: { readonly title: string; readonly body: RichText }) => {
      editor?.commands.setContent(words.body, { emitUpdate: true });
      changeTitle(words.title);
    },
  };
};
