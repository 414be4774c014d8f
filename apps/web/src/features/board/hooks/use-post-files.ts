"use client";
import type { FileView } from "@maru/api/files/contract";
import type { Editor } from "@tiptap/core";
import { useEffect, useRef, useState } from "react";
import { newUploadId } from "../../files/hooks/upload-queue";
import { isFailed, isPending, type Upload } from "../../files/hooks/upload-state";
import { useUploads } from "../../files/hooks/use-uploads";
import type { PictureShelf } from "../components/editor/picture-shelf";
import { pendingFileId } from "../components/editor/stored-document";
import { isPicture, namedFile } from "../components/editor/transferred-files";
import { insertPicture, measurePicture, settlePictures, standsInText } from "./editor-pictures";
import { useAttachments } from "./use-attachments";

/** What the browser shows of pictures that were just chosen, by the id under which they stand in the text. */
const usePreviews = () => {
  const previews = useRef(new Map<string, string>());
  useEffect(() => {
    const shown = previews.current;
    return () => {
      for (const address of new Set(shown.values())) URL.revokeObjectURL(address);
    };
  }, []);
  return previews;
};

type PostFilesOptions = {
  readonly initial: readonly FileView[];
  /** Files that the text knew already when the editor opened. */
  readonly known: readonly FileView[];
  readonly editor: Editor | null;
  readonly onChange: () => void;
};

/** The pictures and attachments of a post while it is written: what is attached, what is under way, and what the text shows meanwhile. */
export const usePostFiles = ({ initial, known, editor, onChange }: PostFilesOptions) => {
  const attachments = useAttachments(initial, onChange);
  const previews = usePreviews();
  const [files] = useState(() => new Map([...known, ...initial].map((file) => [file.id, file])));

  const { queue, uploads } = useUploads((upload, file) => {
    files.set(file.id, file);
    if (upload.purpose === "attachment") {
      attachments.add(file);
      queue.remove(upload.id);
      return;
    }
    const preview = previews.current.get(pendingFileId(upload.id));
    if (preview) previews.current.set(file.id, preview);
    if (editor && !editor.isDestroyed) settlePictures(editor, pendingFileId(upload.id), file.id);
  });

  const addPicture = async (file: File, at: number | null): Promise<number | null> => {
    const address = URL.createObjectURL(file);
    const size = await measurePicture(address);
    if (!size || !editor || editor.isDestroyed) {
      URL.revokeObjectURL(address);
      queue.add(file, "attachment");
      return at;
    }
    const id = newUploadId();
    previews.current.set(pendingFileId(id), address);
    queue.add(file, "picture", id);
    return insertPicture(editor, pendingFileId(id), size, at);
  };

  const addFiles = async (chosen: readonly File[], at: number | null) => {
    let place = at;
    // One after another, so that several pictures stand in the order in which they were chosen.
    for (const file of chosen.map((each) => namedFile(each, new Date()))) {
      if (isPicture(file)) place = await addPicture(file, place);
      else queue.add(file, "attachment");
    }
  };

  // A picture that was taken out of the text again must not hold up publishing.
  const isWanted = (upload: Upload) => upload.purpose === "attachment" || standsInText(editor, pendingFileId(upload.id));
  return {
    attachments,
    shelf: {
      uploadOf: (fileId) => uploads.find((upload) => pendingFileId(upload.id) === fileId),
      previewOf: (fileId) => previews.current.get(fileId),
      fileOf: (fileId) => files.get(fileId),
      onRetry: (id) => queue.retry(id),
      onCancel: (id) => queue.remove(id),
    } satisfies PictureShelf,
    queue,
    underWay: uploads.filter((upload) => upload.purpose === "attachment"),
    countPending: () => uploads.filter((upload) => isPending(upload) && isWanted(upload)).length,
    countFailed: () => uploads.filter((upload) => isFailed(upload) && isWanted(upload)).length,
    addFiles,
    addAttachments: (chosen: readonly File[]) => {
      for (const file of chosen) queue.add(namedFile(file, new Date()), "attachment");
    },
  };
};
