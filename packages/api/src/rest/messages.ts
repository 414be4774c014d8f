import en from "./messages.en.json";
import ko from "./messages.ko.json";

export type Language = "ko" | "en";

/** The sentences of /api/v1 by code: of every error, and under `fields.` of every fault of an input. */
export const CATALOGUES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { ko, en };

/** The sentence of a code; a code without one gets the sentence of `otherwise`. */
export const messageOf = (language: Language, code: string, otherwise: string): string => {
  const catalogue = CATALOGUES[language];
  return (Object.hasOwn(catalogue, code) ? catalogue[code] : catalogue[otherwise]) ?? "";
};

const weightOf = (parameters: readonly string[]): number => {
  const text = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean);
  return text === undefined ? 1 : Number(text);
};

/** The language that an Accept-Language header asks for, by its weights; Korean where it asks for none that Maru speaks. */
export const languageOf = (header: string | undefined): Language => {
  if (!header) return "ko";
  const asked = header
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.split(";");
      return { language: tag.trim().toLowerCase().split("-")[0], weight: weightOf(parameters) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight);
  return (asked.map(({ language }) => language).find((language) => language === "ko" || language === "en") as Language | undefined) ?? "ko";
};
