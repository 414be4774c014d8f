"use client";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

type Panel<Anchor extends HTMLElement> = {
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
  readonly toggle: () => void;
  /** The element that holds both the button and what it opens: a press outside of it closes. */
  readonly anchorRef: RefObject<Anchor | null>;
};

/**
 * A small window that hangs below a button of the header. Escape closes it and gives the focus back to the button; a press or a step
 * outside of it closes it too. Its place is fixed, so it needs no library that measures.
 */
export const usePanel = <Anchor extends HTMLElement = HTMLDivElement>(): Panel<Anchor> => {
  const [isOpen, setOpen] = useState(false);
  const anchorRef = useRef<Anchor | null>(null);
  const close = useCallback(() => setOpen(false), []);

  useEffect(() => {
    if (!isOpen) return;
    const isOutside = (event: Event) => event.target instanceof Node && !anchorRef.current?.contains(event.target);
    const onPress = (event: Event) => {
      if (isOutside(event)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing) return;
      close();
      anchorRef.current?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
    };
    document.addEventListener("pointerdown", onPress);
    document.addEventListener("focusin", onPress);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      document.removeEventListener("focusin", onPress);
      document.removeEventListener("keydown", onKey);
    };
  }, [isOpen, close]);

  return { isOpen, open: () => setOpen(true), close, toggle: () => setOpen(!isOpen), anchorRef };
};
