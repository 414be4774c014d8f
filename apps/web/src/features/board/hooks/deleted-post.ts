"use client";
import { useSyncExternalStore } from "react";

export type DeletedPost = { readonly id: string; readonly title: string; readonly boardId: string };

let deleted: DeletedPost | null = null;
const listeners = new Set<() => void>();

/** Remembers the post that was just moved to the trash, so that the list it left offers to take that back. */
export const setDeletedPost = (post: DeletedPost | null): void => {
  deleted = post;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useDeletedPost = (): DeletedPost | null =>
  useSyncExternalStore(
    subscribe,
    () => deleted,
    () => null,
  );
