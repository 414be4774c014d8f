"use client";
import { FileButton } from "@mantine/core";
import { RichTextEditor, useRichTextEditorContext } from "@mantine/tiptap";
import { IconAt, IconPaperclip, IconPhoto, IconSeparator, IconSourceCode } from "@tabler/icons-react";
import { useEditorState } from "@tiptap/react";
import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import classes from "./post-body-editor.module.css";
import { PICTURE_ACCEPT } from "./transferred-files";

type EditorToolbarProps = {
  readonly onPictures: (files: File[]) => void;
  readonly onAttachments: (files: File[]) => void;
};

/** Mantine's own signs of these two look like those of their neighbours. */
const CodeBlockSign = ({ style }: { readonly style?: CSSProperties }) => (
  <IconSourceCode style={style} size={16} stroke={1.5} aria-hidden />
);
const LineSign = ({ style }: { readonly style?: CSSProperties }) => <IconSeparator style={style} size={16} stroke={1.5} aria-hidden />;

const TextControls = () => (
  <>
    <RichTextEditor.ControlsGroup>
      <RichTextEditor.H1 />
      <RichTextEditor.H2 />
      <RichTextEditor.H3 />
    </RichTextEditor.ControlsGroup>
    <RichTextEditor.ControlsGroup>
      <RichTextEditor.Bold />
      <RichTextEditor.Italic />
      <RichTextEditor.Underline />
      <RichTextEditor.Strikethrough />
      <RichTextEditor.Code />
      <RichTextEditor.Link />
    </RichTextEditor.ControlsGroup>
    <RichTextEditor.ControlsGroup>
      <RichTextEditor.BulletList />
      <RichTextEditor.OrderedList />
      <RichTextEditor.Blockquote />
      <RichTextEditor.CodeBlock icon={CodeBlockSign} />
      <RichTextEditor.Hr icon={LineSign} />
      <RichTextEditor.TableInsert />
    </RichTextEditor.ControlsGroup>
  </>
);

const TableControls = () => (
  <RichTextEditor.ControlsGroup>
    <RichTextEditor.TableRowBefore />
    <RichTextEditor.TableRowAfter />
    <RichTextEditor.TableRowDelete />
    <RichTextEditor.TableColumnBefore />
    <RichTextEditor.TableColumnAfter />
    <RichTextEditor.TableColumnDelete />
    <RichTextEditor.TableToggleHeaderRow />
    <RichTextEditor.TableMergeCells />
    <RichTextEditor.TableSplitCell />
    <RichTextEditor.TableDelete />
  </RichTextEditor.ControlsGroup>
);

/** Every control of the editor; the table's own appear while the cursor stands in a table. */
export const EditorToolbar = ({ onPictures, onAttachments }: EditorToolbarProps) => {
  const t = useTranslations("board.editor");
  const { editor } = useRichTextEditorContext();
  const isInTable = useEditorState({ editor, selector: (state) => state.editor?.isActive("table") ?? false });
  const mention = () =>
    editor
      ?.chain()
      .focus()
      .insertContent(startsWord(editor.state.selection.$from.nodeBefore) ? "@" : " @")
      .run();
  return (
    <RichTextEditor.Toolbar
      className={classes.toolbar}
      sticky
      stickyOffset="var(--maru-header-height)"
      role="toolbar"
      aria-label={t("toolbar")}
    >
      <TextControls />
      <RichTextEditor.ControlsGroup>
        <FileButton multiple accept={PICTURE_ACCEPT} onChange={onPictures}>
          {(props) => (
            <RichTextEditor.Control {...props} aria-label={t("addPicture")} title={t("addPicture")}>
              <IconPhoto size={16} stroke={1.5} aria-hidden />
            </RichTextEditor.Control>
          )}
        </FileButton>
        <FileButton multiple onChange={onAttachments}>
          {(props) => (
            <RichTextEditor.Control {...props} aria-label={t("addAttachment")} title={t("addAttachment")}>
              <IconPaperclip size={16} stroke={1.5} aria-hidden />
            </RichTextEditor.Control>
          )}
        </FileButton>
        <RichTextEditor.Control onClick={mention} aria-label={t("addMention")} title={t("addMention")}>
          <IconAt size={16} stroke={1.5} aria-hidden />
        </RichTextEditor.Control>
      </RichTextEditor.ControlsGroup>
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.Undo />
        <RichTextEditor.Redo />
      </RichTextEditor.ControlsGroup>
      {isInTable ? <TableControls /> : null}
    </RichTextEditor.Toolbar>
  );
};

/** An @ begins a mention only at the beginning of a word. */
const startsWord = (before: { readonly text?: string } | null): boolean => before === null || /\s$/.test(before.text ?? " ");
