"use client";
import "@mantine/tiptap/styles.layer.css";
import { RichTextEditor } from "@mantine/tiptap";
import { type Editor, useEditor } from "@tiptap/react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { RichText } from "../rich-text/document";
import richText from "../rich-text/rich-text.module.css";
import { postExtensions } from "./editor-extensions";
import { useEditorLabels } from "./editor-labels";
import { EditorToolbar } from "./editor-toolbar";
import { MentionList } from "./mention-list";
import { MentionBridge } from "./mention-session";
import classes from "./post-body-editor.module.css";
import { pastedFiles, readTransfer } from "./transferred-files";

type PostBodyEditorProps = {
  readonly initial: RichText;
  readonly onEditor: (editor: Editor) => void;
  readonly onChange: () => void;
  /** Files that were dropped, pasted or picked; `at` is where in the text, null where the cursor is. */
  readonly onFiles: (files: readonly File[], at: number | null) => void;
  readonly onAttachments: (files: readonly File[]) => void;
};

/** The text of a post while it is written. */
export const PostBodyEditor = ({ initial, onEditor, onChange, onFiles, onAttachments }: PostBodyEditorProps) => {
  const t = useTranslations("board.editor");
  const labels = useEditorLabels();
  const [bridge] = useState(() => new MentionBridge());
  const latest = useRef({ onChange, onFiles });
  useEffect(() => {
    latest.current = { onChange, onFiles };
  });
  const [extensions] = useState(() => postExtensions({ bridge, placeholder: t("bodyPlaceholder") }));

  const editor = useEditor({
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    extensions,
    content: initial,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": t("body"), class: richText.richText ?? "" },
      handlePaste: (_view, event) => {
        const files = pastedFiles(readTransfer(event.clipboardData));
        if (files.length > 0) latest.current.onFiles(files, null);
        return files.length > 0;
      },
      handleDrop: (view, event, _slice, isMoved) => {
        const { files } = readTransfer(event.dataTransfer);
        if (isMoved || files.length === 0) return false;
        event.preventDefault();
        latest.current.onFiles(files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? null);
        return true;
      },
    },
    onUpdate: () => latest.current.onChange(),
  });

  useEffect(() => onEditor(editor), [editor, onEditor]);

  return (
    <RichTextEditor editor={editor} labels={labels} withTypographyStyles={false} withCodeHighlightStyles={false} className={classes.editor}>
      <EditorToolbar onPictures={(files) => onFiles(files, null)} onAttachments={onAttachments} />
      <RichTextEditor.Content className={classes.content} />
      <MentionList bridge={bridge} />
    </RichTextEditor>
  );
};
