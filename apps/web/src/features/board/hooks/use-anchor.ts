"use client";
import { useParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";

const MARKED_MS = 4_000;
const MOST_PAGES = 40;

type AnchorOptions = {
  readonly prefix: string;
  readonly isReady: boolean;
  readonly isThere: (id: string) => boolean;
  /** Loads what comes next while the place is not on the page yet; null when there is nothing more. */
  readonly findMore: (() => Promise<unknown>) | null;
};

const idInAddress = (prefix: string) => {
  const hash = decodeURIComponent(window.location.hash.slice(1));
  return hash.startsWith(prefix) ? hash.slice(prefix.length) : null;
};

/** Leads to the place that the address names behind the #, loading until it is there, and marks it for a moment. Returns the marked id. */
export const useAnchor = ({ prefix, isReady, isThere, findMore }: AnchorOptions): string | null => {
  // New with every step of the router, also when only the part behind the # changes.
  const params = useParams();
  const [wanted, setWanted] = useState<string | null>(null);
  const [marked, setMarked] = useState<string | null>(null);
  const pages = useRef(0);

  useEffect(() => {
    const read = () => {
      pages.current = 0;
      setWanted(idInAddress(prefix));
    };
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, [prefix, params]);

  useEffect(() => {
    if (!wanted || !isReady) return;
    if (!isThere(wanted)) {
      if (!findMore || pages.current >= MOST_PAGES) return;
      pages.current += 1;
      void findMore();
      return;
    }
    const element = document.getElementById(prefix + wanted);
    if (!element) return;
    setWanted(null);
    setMarked(wanted);
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  });

  useEffect(() => {
    if (!marked) return;
    const timer = setTimeout(() => setMarked(null), MARKED_MS);
    return () => clearTimeout(timer);
  }, [marked]);

  return marked;
};
