import { useSyncExternalStore } from "react";

export type Toast = {
  readonly id: string;
  readonly title: string;
  readonly message?: string;
  /** "wrong" stays until it is closed; the others leave by themselves. */
  readonly tone?: "news" | "done" | "wrong";
  /** Where a click leads. */
  readonly href?: string;
};

const SHOWN_AT_ONCE = 4;
const NONE: readonly Toast[] = [];

let toasts: readonly Toast[] = NONE;
let count = 0;
const listeners = new Set<() => void>();

const change = (next: readonly Toast[]) => {
  toasts = next;
  for (const listener of listeners) listener();
};

/** Shows a short message at the edge of the page; the same id replaces what stands there. Returns the id. */
export const showToast = ({ id = `toast-${++count}`, ...toast }: Omit<Toast, "id"> & { readonly id?: string }): string => {
  change([...toasts.filter((other) => other.id !== id), { id, ...toast }].slice(-SHOWN_AT_ONCE));
  return id;
};

export const closeToast = (id: string) => change(toasts.filter((toast) => toast.id !== id));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useToasts = () =>
  useSyncExternalStore(
    subscribe,
    () => toasts,
    () => NONE,
  );
