"use client";
import { ActionIcon, Button, Progress, TextInput } from "@mantine/core";
import { IconRefresh, IconTrash } from "@tabler/icons-react";
import { NodeViewWrapper, type ReactNodeViewProps } from "@tiptap/react";
import { useTranslations } from "next-intl";
import { FilePhoto } from "../../../files/components/file-photo";
import { useProblemText } from "../../../files/components/use-problem-text";
import { isPending, progressOf, type Upload } from "../../../files/hooks/upload-state";
import { useFile } from "../../../files/hooks/use-file";
import type { FilePictureAttributes } from "./file-picture";
import classes from "./file-picture-view.module.css";
import { usePictureShelf } from "./picture-shelf";
import { isStoredFileId } from "./stored-document";

/** A picture while it is written about: shown from the browser at once, with how far its upload is, its words, and a way to take it out. */
export const FilePictureView = ({ node, selected, editor, updateAttributes, deleteNode }: ReactNodeViewProps) => {
  const t = useTranslations("board.editor.picture");
  const shelf = usePictureShelf();
  const { fileId, alt, width, height } = node.attrs as FilePictureAttributes;
  const upload = shelf.uploadOf(fileId);
  const preview = shelf.previewOf(fileId);
  const file = useFile(isStoredFileId(fileId) && !preview ? fileId : null, shelf.fileOf(fileId));

  const remove = () => {
    if (upload) shelf.onCancel(upload.id);
    deleteNode();
    editor.commands.focus();
  };

  return (
    <NodeViewWrapper as="figure" className={classes.picture} data-selected={selected || undefined}>
      <div className={classes.frame} data-drag-handle>
        {preview ? (
          <img
            className={classes.preview}
            src={preview}
            alt={alt}
            width={width ?? undefined}
            height={height ?? undefined}
            style={width && height ? { aspectRatio: `${width} / ${height}` } : undefined}
          />
        ) : (
          <FilePhoto file={file} alt={alt} width={width} height={height} />
        )}
        {upload && upload.phase.name !== "done" ? <UploadVeil upload={upload} onRetry={shelf.onRetry} /> : null}
      </div>
      {selected ? (
        <figcaption className={classes.tools} contentEditable={false}>
          <TextInput
            className={classes.alt}
            size="xs"
            aria-label={t("alt")}
            placeholder={t("altPlaceholder")}
            value={alt}
            maxLength={500}
            onChange={(event) => updateAttributes({ alt: event.currentTarget.value })}
          />
          <ActionIcon size={28} onClick={remove} aria-label={t("remove")} title={t("remove")}>
            <IconTrash size={18} stroke={1.5} aria-hidden />
          </ActionIcon>
        </figcaption>
      ) : null}
    </NodeViewWrapper>
  );
};

const UploadVeil = ({ upload, onRetry }: { readonly upload: Upload; readonly onRetry: (id: string) => void }) => {
  const t = useTranslations("files");
  const problemText = useProblemText();
  const { phase } = upload;
  if (phase.name === "failed") {
    const problem = problemText(phase.problem);
    return (
      <div className={classes.failed} role="alert" contentEditable={false}>
        <span>
          <strong>{problem.title}</strong> {problem.description}
        </span>
        {phase.problem.isFinal ? null : (
          <Button size="xs" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={() => onRetry(upload.id)}>
            {t("retry")}
          </Button>
        )}
      </div>
    );
  }
  if (!isPending(upload)) return null;
  const percent = Math.round(progressOf(upload) * 100);
  const words = t(`phase.${phase.name}`, { percent });
  return (
    <div className={classes.veil} contentEditable={false}>
      <span className={classes.words}>{words}</span>
      <Progress.Root size={4}>
        <Progress.Section value={percent} aria-label={upload.fileName} />
      </Progress.Root>
    </div>
  );
};
