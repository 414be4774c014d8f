"use client";
import { useLocale } from "next-intl";

type InBothLanguages = { readonly title: string; readonly titleEn: string; readonly body?: string; readonly bodyEn?: string };

/** The words of a text in the reader's language. */
export const useText = () => {
  const isEnglish = useLocale() === "en";
  return ({ title, titleEn, body = "", bodyEn = "" }: InBothLanguages) => (isEnglish ? { title: titleEn, body: bodyEn } : { title, body });
};
