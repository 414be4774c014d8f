"use client";
import type { RichTextEditorLabels } from "@mantine/tiptap";
import { useTranslations } from "next-intl";
import { useMemo } from "react";

/** Labels of controls by the key under which their word stands in the catalogue. */
const KEYS = {
  boldControlLabel: "bold",
  italicControlLabel: "italic",
  underlineControlLabel: "underline",
  strikeControlLabel: "strike",
  codeControlLabel: "code",
  linkControlLabel: "link",
  h1ControlLabel: "h1",
  h2ControlLabel: "h2",
  h3ControlLabel: "h3",
  bulletListControlLabel: "bulletList",
  orderedListControlLabel: "orderedList",
  blockquoteControlLabel: "quote",
  codeBlockControlLabel: "codeBlock",
  hrControlLabel: "line",
  undoControlLabel: "undo",
  redoControlLabel: "redo",
  tableInsertControlLabel: "table",
  tableDeleteControlLabel: "tableDelete",
  tableColumnBeforeControlLabel: "columnBefore",
  tableColumnAfterControlLabel: "columnAfter",
  tableColumnDeleteControlLabel: "columnDelete",
  tableRowBeforeControlLabel: "rowBefore",
  tableRowAfterControlLabel: "rowAfter",
  tableRowDeleteControlLabel: "rowDelete",
  tableToggleHeaderRowControlLabel: "headerRow",
  tableMergeCellsControlLabel: "mergeCells",
  tableSplitCellControlLabel: "splitCell",
  linkEditorInputLabel: "linkAddress",
  linkEditorInputPlaceholder: "linkPlaceholder",
  linkEditorExternalLink: "linkNewTab",
  linkEditorInternalLink: "linkSameTab",
  linkEditorSave: "linkSave",
} as const satisfies Partial<Record<keyof RichTextEditorLabels, string>>;

/** The editor's controls in the reader's language. */
export const useEditorLabels = (): Partial<RichTextEditorLabels> => {
  const t = useTranslations("board.editor.controls");
  return useMemo(
    () => ({
      ...Object.fromEntries(Object.entries(KEYS).map(([label, key]) => [label, t(key)])),
      tableInsertLabel: (columns: number, rows: number) => t("tableSize", { columns, rows }),
    }),
    [t],
  );
};
