import { ColorSchemeScript } from "@mantine/core";
import "@maru/ui/mantine.css";
import "@maru/ui/theme.css";
import "../shell/global.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { COLOR_SCHEME_COOKIE, chooseColorScheme } from "../shell/color-scheme";
import { Providers } from "../shell/providers";
import { ToastRegion } from "../shell/toast/toast-region";
import { viewer } from "../trpc/server";

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#1c1f24" },
  ],
};

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("shell");
  return {
    title: { default: t("product"), template: t("titleOf", { page: "%s" }) },
    description: t("description"),
    icons: { icon: { url: "/icon.svg", type: "image/svg+xml" } },
  };
};

/** Language, colours and the reader of data: what every page has, signed in or not. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const [locale, headerStore, cookieStore, account] = await Promise.all([getLocale(), headers(), cookies(), viewer().catch(() => null)]);
  const nonce = headerStore.get("x-nonce") ?? undefined;
  const colorScheme = chooseColorScheme(account?.colorScheme, cookieStore.get(COLOR_SCHEME_COOKIE)?.value);
  return (
    // The script below may set the colour scheme before React looks; that is the one difference between the two.
    <html lang={locale} data-mantine-color-scheme={colorScheme === "auto" ? undefined : colorScheme} suppressHydrationWarning>
      <head>
        <ColorSchemeScript
          nonce={nonce}
          defaultColorScheme={colorScheme}
          forceColorScheme={colorScheme === "auto" ? undefined : colorScheme}
        />
      </head>
      <body>
        <NextIntlClientProvider>
          <Providers colorScheme={colorScheme} now={new Date().toISOString()} nonce={nonce}>
            {children}
            <ToastRegion />
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
