"use client";
import type { FileView } from "@maru/api/files/contract";
import { useRef, useState } from "react";

/** The files below a post while it is written; `current` can be read at any moment, also while the page goes away. */
export const useAttachments = (initial: readonly FileView[], onChange: () => void) => {
  const [shown, setShown] = useState<readonly FileView[]>(initial);
  const current = useRef(shown);
  const replace = (next: readonly FileView[]) => {
    current.current = next;
    setShown(next);
    onChange();
  };
  return {
    shown,
    current,
    replace,
    add: (file: FileView) => replace([...current.current, file]),
    remove: (id: string) => replace(current.current.filter((file) => file.id !== id)),
  };
};
