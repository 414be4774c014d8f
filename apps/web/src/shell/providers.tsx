"use client";
import { type MantineColorScheme, MantineProvider } from "@mantine/core";
import { ClockProvider } from "@maru/ui/clock";
import { cssVariablesResolver, theme } from "@maru/ui/theme";
import { useTimeZone } from "next-intl";
import { type ReactNode, useState } from "react";
import { TRPCReactProvider } from "../trpc/client";
import { cookieColorSchemeManager } from "./color-scheme";

type ProvidersProps = {
  readonly colorScheme: MantineColorScheme;
  /** The server's time: every date of the first page is measured from it, on the server and in the browser. */
  readonly now: string;
  readonly nonce: string | undefined;
  readonly children: ReactNode;
};

/** What every page stands on: the look, the reader of data, the clock. */
export function Providers({ colorScheme, now, nonce, children }: ProvidersProps) {
  const timeZone = useTimeZone();
  const [manager] = useState(() => cookieColorSchemeManager(colorScheme));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme={colorScheme}
      colorSchemeManager={manager}
      getStyleNonce={() => nonce ?? ""}
    >
      <TRPCReactProvider>
        <ClockProvider now={now} timeZone={timeZone}>
          {children}
        </ClockProvider>
      </TRPCReactProvider>
    </MantineProvider>
  );
}
