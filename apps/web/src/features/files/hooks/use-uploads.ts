"use client";
import type { FileView } from "@maru/api/files/contract";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { sendFile } from "./send-file";
import { UploadQueue } from "./upload-queue";
import type { Upload } from "./upload-state";

const NOTHING: readonly Upload[] = [];

/** One upload queue for the life of a component. `onDone` is called once for every file that arrived. */
export const useUploads = (onDone: (upload: Upload, result: FileView) => void) => {
  const latest = useRef(onDone);
  useEffect(() => {
    latest.current = onDone;
  });
  const [queue] = useState(() => new UploadQueue(sendFile, (upload, result) => latest.current(upload, result)));
  const uploads = useSyncExternalStore(queue.subscribe, queue.snapshot, () => NOTHING);

  useEffect(() => {
    // A connection that comes back finishes by itself what it interrupted.
    const onOnline = () => queue.retryAll();
    window.addEventListener("online", onOnline);
    return () => {
      window.removeEventListener("online", onOnline);
      queue.stop();
    };
  }, [queue]);

  return { queue, uploads };
};
