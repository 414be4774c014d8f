import type { MantineColorScheme, MantineColorSchemeManager } from "@mantine/core";
import { rememberInCookie } from "./cookie";

export const COLOR_SCHEME_COOKIE = "maru-color-scheme";

const isColorScheme = (value: unknown): value is MantineColorScheme => value === "light" || value === "dark" || value === "auto";

/** A person's own choice, then this browser's, then the device's. */
export const chooseColorScheme = (account: string | null | undefined, cookie: string | undefined): MantineColorScheme =>
  [account, cookie].find(isColorScheme) ?? "auto";

/** Begins with what the server has drawn, so that the first page never changes its colours under the reader's eyes. */
export const cookieColorSchemeManager = (initial: MantineColorScheme): MantineColorSchemeManager => {
  let current = initial;
  return {
    get: () => current,
    set: (value) => {
      current = value;
      rememberInCookie(COLOR_SCHEME_COOKIE, value);
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => {
      current = "auto";
    },
  };
};
