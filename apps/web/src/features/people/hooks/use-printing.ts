"use client";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Whether the page is drawn for paper now. It is drawn anew before the browser takes the picture that it prints. */
export const usePrinting = (): boolean => {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const media = window.matchMedia("print");
    const change = () => flushSync(() => setPrinting(media.matches));
    media.addEventListener("change", change);
    return () => media.removeEventListener("change", change);
  }, []);
  return isPrinting;
};
