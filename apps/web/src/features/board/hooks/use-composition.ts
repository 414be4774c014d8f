"use client";
import { type CompositionEvent, type KeyboardEvent, useRef } from "react";

/**
 * Tells whether a key press belongs to a composition. `isComposing` and keyCode 229 answer it in most browsers; WebKit ends the composition
 * before it reports the Enter that ended it, so the end is believed one turn later.
 */
export const useComposition = () => {
  const isOpen = useRef(false);
  return {
    props: {
      onCompositionStart: (_event: CompositionEvent) => {
        isOpen.current = true;
      },
      onCompositionEnd: (_event: CompositionEvent) => {
        setTimeout(() => {
          isOpen.current = false;
        }, 0);
      },
    },
    isComposing: (event: KeyboardEvent) => isOpen.current || event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229,
  };
};
