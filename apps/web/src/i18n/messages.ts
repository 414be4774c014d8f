import type { Locale } from "@maru/api/identity/contract";
import { features } from "../features/registry";
import { composeMessages, type Messages } from "./compose-messages";

const loaded = new Map<Locale, Promise<Messages>>();

const load = async (locale: Locale): Promise<Messages> => {
  const shell: { default: Messages } = await import(`../shell/messages/${locale}.json`);
  const ofFeatures = await Promise.all(
    features.map(async ({ name }): Promise<[string, Messages]> => {
      const catalogue: { default: Messages } = await import(`../features/${name}/messages/${locale}.json`);
      return [name, catalogue.default];
    }),
  );
  return composeMessages(shell.default, new Map(ofFeatures));
};

/** All sentences of a language; made once in the life of the server. */
export const messagesOf = (locale: Locale): Promise<Messages> => {
  const known = loaded.get(locale);
  if (known) return known;
  const made = load(locale);
  loaded.set(locale, made);
  return made;
};
