"use client";
import type { FileView } from "@maru/api/files/contract";
import { Photo } from "@maru/ui/photo";
import { useTranslations } from "next-intl";
import { previewOf } from "./preview-image";

type FilePhotoProps = {
  readonly file: FileView | undefined;
  readonly alt: string;
  /** The size that the document remembers, for the time before the worker has measured the picture. */
  readonly width?: number | null;
  readonly height?: number | null;
  readonly isFirst?: boolean;
};

/** 4:3 is what most cameras give: the best guess for a picture that nobody has measured yet. */
const GUESS = { width: 1_440, height: 1_080 };

/** The sizes of a picture that the worker made, as the browser chooses among them. */
const srcSetOf = (variants: Readonly<Record<string, string>>, width: number, height: number): string =>
  Object.entries(variants)
    .map(([longest, url]) => `${url} ${Math.min(width, Math.round((Number(longest) * width) / Math.max(width, height)))}w`)
    .join(", ");

/** A picture of a file: its room from the first moment, its blurred preview, and the picture itself as soon as the worker has made it. */
export const FilePhoto = ({ file, alt, width, height, isFirst }: FilePhotoProps) => {
  const t = useTranslations("files");
  const size = file?.width && file.height ? { width: file.width, height: file.height } : width && height ? { width, height } : GUESS;
  const state =
    !file || file.state === "UNSUPPORTED" || file.state === "QUARANTINED" ? "failed" : file.state === "PENDING" ? "pending" : "ready";
  const variants = file?.variants ?? {};
  const srcSet = srcSetOf(variants, size.width, size.height);
  return (
    <Photo
      state={state}
      src={variants["1440"] ?? variants["512"] ?? null}
      sources={srcSet ? [{ srcSet, type: "image/webp" }] : undefined}
      sizes="(max-width: 767px) 100vw, 800px"
      alt={alt}
      {...size}
      placeholder={previewOf(file?.thumbhash)}
      labels={{ pending: t("preparing"), failed: t("noPreview") }}
      isFirst={isFirst}
    />
  );
};
