"use client";
import type { FileView } from "@maru/api/files/contract";
import { createContext, useContext } from "react";
import type { Upload } from "../../../files/hooks/upload-state";

/** What a picture in the editor can ask about itself: its upload, what the browser shows of it, and its file once there is one. */
export type PictureShelf = {
  readonly uploadOf: (fileId: string) => Upload | undefined;
  readonly previewOf: (fileId: string) => string | undefined;
  readonly fileOf: (fileId: string) => FileView | undefined;
  readonly onRetry: (uploadId: string) => void;
  readonly onCancel: (uploadId: string) => void;
};

const EMPTY: PictureShelf = {
  uploadOf: () => undefined,
  previewOf: () => undefined,
  fileOf: () => undefined,
  onRetry: () => undefined,
  onCancel: () => undefined,
};

const ShelfContext = createContext<PictureShelf>(EMPTY);
export const PictureShelfProvider = ShelfContext.Provider;
export const usePictureShelf = (): PictureShelf => useContext(ShelfContext);
