import type { Locale } from "@maru/api/identity/contract";

// Not the contract's own list: a value from there would bring its schemas, and zod, into every page.
const LOCALES = ["ko", "en"] as const satisfies readonly Locale[];
export const DEFAULT_LOCALE: Locale = "ko";
/** Carries the language of those who have not signed in, and of the next sign-in page. */
export const LOCALE_COOKIE = "maru-locale";

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value);

/** The first language of an Accept-Language header that Maru speaks, by the header's own weights. */
export const localeOfHeader = (header: string | null): Locale | null => {
  const ranked = (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.trim().toLowerCase().split("-")[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return ranked.map(({ language }) => language).find(isLocale) ?? null;
};

/** A person's own choice, then this browser's, then its language, then Korean. */
export const chooseLocale = (from: { account?: string | null; cookie?: string | null; header?: string | null }): Locale =>
  [from.account, from.cookie, localeOfHeader(from.header ?? null)].find(isLocale) ?? DEFAULT_LOCALE;
