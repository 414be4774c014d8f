"use client";
import "@mantine/tiptap/styles.layer.css";
import { Button } from "@mantine/core";
import { EditorContent, useEditor, useEditorState } from "@tiptap/react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { isComposing } from "../editor/composed-keys";
import { commentExtensions } from "../editor/editor-extensions";
import { MentionList } from "../editor/mention-list";
import { MentionBridge } from "../editor/mention-session";
import editorClasses from "../editor/post-body-editor.module.css";
import { toStoredDocument } from "../editor/stored-document";
import { isBlank, type RichText } from "../rich-text/document";
import richText from "../rich-text/rich-text.module.css";
import classes from "./comments.module.css";

export type CommentEditorProps = {
  readonly label: string;
  readonly submitLabel: string;
  readonly initial?: RichText;
  readonly isSending: boolean;
  readonly hasFocus?: boolean;
  /** Resolves when the comment has arrived; the text stays in the editor until then. */
  readonly onSubmit: (body: RichText) => Promise<unknown>;
  readonly onCancel?: () => void;
};

/** Text with mentions, lists and links. Ctrl+Enter sends; Enter never does. */
const CommentEditor = ({ label, submitLabel, initial, isSending, hasFocus = false, onSubmit, onCancel }: CommentEditorProps) => {
  const t = useTranslations("board.comments");
  const [bridge] = useState(() => new MentionBridge());
  const [extensions] = useState(() => commentExtensions({ bridge, placeholder: label }));
  const send = useRef<() => void>(() => undefined);

  const editor = useEditor({
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    extensions,
    content: initial,
    autofocus: hasFocus ? "end" : false,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label, class: richText.richText ?? "", "data-size": "work" },
      handleKeyDown: (_view, event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return false;
        send.current();
        return true;
      },
    },
  });
  const isEmpty = useEditorState({ editor, selector: (state) => isBlank(state.editor.getJSON()) });

  useEffect(() => {
    send.current = () => {
      const body = toStoredDocument(editor.getJSON());
      if (isSending || isBlank(body)) return;
      // What was written stays until it has arrived: a refused comment is not written twice.
      onSubmit(body).then(
        () => editor.isDestroyed || editor.commands.clearContent(),
        () => undefined,
      );
    };
  });

  return (
    <div className={classes.editor}>
      <EditorContent editor={editor} className={editorClasses.commentContent} />
      <MentionList bridge={bridge} />
      <div className={classes.editorBar}>
        <span className={classes.hint}>{isEmpty ? t("hint") : t("sendHint")}</span>
        {onCancel ? (
          <Button size="xs" variant="default" onClick={onCancel} disabled={isSending}>
            {t("cancel")}
          </Button>
        ) : null}
        <Button
          size="xs"
          onClick={() => send.current()}
          loading={isSending}
          disabled={isEmpty}
          title={isEmpty ? t("emptyReason") : undefined}
        >
          {submitLabel}
        </Button>
      </div>
    </div>
  );
};

export default CommentEditor;
