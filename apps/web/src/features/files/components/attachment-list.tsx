"use client";
import { ActionIcon, VisuallyHidden } from "@mantine/core";
import type { FileView } from "@maru/api/files/contract";
import { type Icon, IconDownload, IconFile, IconFileSpreadsheet, IconFileText, IconFileZip, IconPhoto, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./attachments.module.css";
import { formatFileSize } from "./file-size";

const iconOf = ({ mediaType, name }: FileView): Icon => {
  if (mediaType.startsWith("image/")) return IconPhoto;
  if (/spreadsheet|excel|csv/.test(mediaType) || /\.(xlsx?|csv|cell)$/i.test(name)) return IconFileSpreadsheet;
  if (/zip|compressed|tar|7z/.test(mediaType)) return IconFileZip;
  if (/pdf|word|text|hwp|document|presentation/.test(mediaType) || /\.(hwpx?|docx?|pptx?|pdf|txt)$/i.test(name)) return IconFileText;
  return IconFile;
};

type AttachmentListProps = {
  readonly files: readonly FileView[];
  /** In an editor: takes a file off again. Elsewhere the files are there to be downloaded. */
  readonly onRemove?: (id: string) => void;
};

/** The files of a post with their sizes. The whole line downloads. */
export const AttachmentList = ({ files, onRemove }: AttachmentListProps) => {
  const t = useTranslations("files");
  if (files.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t("attachments")}>
      {files.map((file) => {
        const Sign = iconOf(file);
        return (
          <li key={file.id} className={classes.attachment}>
            <a className={classes.download} href={file.url} download={file.name}>
              {onRemove ? null : <VisuallyHidden>{t("download")} </VisuallyHidden>}
              {file.variants["64"] ? (
                <img className={classes.thumbnail} src={file.variants["64"]} alt="" width={24} height={24} loading="lazy" />
              ) : (
                <Sign className={classes.sign} size={20} stroke={1.5} aria-hidden />
              )}
              <span className={classes.name}>{file.name}</span>
              <span className={classes.size}>{formatFileSize(file.sizeBytes)}</span>
              {onRemove ? null : <IconDownload className={classes.sign} size={18} stroke={1.5} aria-hidden />}
            </a>
            {onRemove ? (
              <ActionIcon
                size={28}
                onClick={() => onRemove(file.id)}
                aria-label={t("removeNamed", { name: file.name })}
                title={t("remove")}
              >
                <IconX size={18} stroke={1.5} aria-hidden />
              </ActionIcon>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
};
