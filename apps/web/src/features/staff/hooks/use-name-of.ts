"use client";
import { useLocale } from "next-intl";

type Named = { readonly name: string; readonly nameEn: string | null };

/** What something is called in the reader's language; in the other one where it has no name in hers. */
export const useNameOf = () => {
  const isKorean = useLocale() === "ko";
  return ({ name, nameEn }: Named): string => (isKorean ? name : (nameEn ?? name));
};
