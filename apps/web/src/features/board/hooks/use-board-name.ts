"use client";
import { useLocale } from "next-intl";

type Named = { readonly name: string; readonly nameEn: string };

/** A board's name in the reader's language. */
export const useBoardName = () => {
  const isEnglish = useLocale() === "en";
  return (board: Named) => (isEnglish && board.nameEn ? board.nameEn : board.name);
};
