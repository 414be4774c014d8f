"use client";
import { ActionIcon, Modal } from "@mantine/core";
import type { FileView } from "@maru/api/files/contract";
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import classes from "./lightbox.module.css";
import { previewOf } from "./preview-image";

export type LightboxPicture = { readonly file: FileView; readonly alt: string };

type LightboxProps = {
  readonly pictures: readonly LightboxPicture[];
  /** Which picture is shown; null while the box is closed. */
  readonly index: number | null;
  readonly onMove: (index: number | null) => void;
};

/** The pictures of a post, large, one at a time; arrow keys turn the pages. */
export const Lightbox = ({ pictures, index, onMove }: LightboxProps) => {
  const t = useTranslations("files");
  const picture = index === null ? undefined : pictures[index];
  const step = (by: number) => {
    if (index !== null && pictures[index + by]) onMove(index + by);
  };
  useEffect(() => {
    if (index === null) return;
    const onKey = (event: KeyboardEvent) => {
      const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
      if (by !== 0 && pictures[index + by]) onMove(index + by);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [index, pictures, onMove]);

  return (
    <Modal
      opened={picture !== undefined}
      onClose={() => onMove(null)}
      fullScreen
      withCloseButton={false}
      aria-label={t("lightbox")}
      classNames={{ body: classes.body, content: classes.content }}
    >
      {picture && index !== null ? (
        <>
          <div className={classes.bar}>
            <span className={classes.caption}>{picture.alt || picture.file.name}</span>
            {pictures.length > 1 ? <span>{t("position", { index: index + 1, total: pictures.length })}</span> : null}
            <ActionIcon component="a" href={picture.file.url} download={picture.file.name} aria-label={t("original")} title={t("original")}>
              <IconDownload size={20} stroke={1.5} aria-hidden />
            </ActionIcon>
            <ActionIcon onClick={() => onMove(null)} aria-label={t("close")} title={t("close")} data-autofocus>
              <IconX size={20} stroke={1.5} aria-hidden />
            </ActionIcon>
          </div>
          <LargePicture {...picture} />
          {pictures.length > 1 ? (
            <>
              <ActionIcon className={classes.previous} size={40} disabled={index === 0} onClick={() => step(-1)} aria-label={t("previous")}>
                <IconChevronLeft size={24} stroke={1.5} aria-hidden />
              </ActionIcon>
              <ActionIcon
                className={classes.next}
                size={40}
                disabled={index === pictures.length - 1}
                onClick={() => step(1)}
                aria-label={t("next")}
              >
                <IconChevronRight size={24} stroke={1.5} aria-hidden />
              </ActionIcon>
            </>
          ) : null}
        </>
      ) : null}
    </Modal>
  );
};

const LargePicture = ({ file, alt }: LightboxPicture) => {
  const preview = previewOf(file.thumbhash);
  return (
    <img
      key={file.id}
      className={classes.picture}
      src={file.variants["1440"] ?? file.variants["512"]}
      alt={alt || file.name}
      width={file.width ?? undefined}
      height={file.height ?? undefined}
      style={preview ? { backgroundImage: `url("${preview}")` } : undefined}
    />
  );
};
