"use client";
import type { Locale } from "@maru/api/identity/contract";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { LOCALE_COOKIE } from "../../i18n/locale";
import { useTRPC } from "../../trpc/client";
import { rememberInCookie } from "../cookie";

/** The language of the page, and how a person chooses the other: kept with the account, and in this browser for the sign-in page. */
export const useLanguage = () => {
  const trpc = useTRPC();
  const router = useRouter();
  const locale = useLocale();
  const { mutate } = useMutation(trpc.identity.updateProfile.mutationOptions({ onSettled: () => router.refresh() }));
  const setLocale = (next: Locale) => {
    rememberInCookie(LOCALE_COOKIE, next);
    mutate({ locale: next });
  };
  return { locale, setLocale };
};
