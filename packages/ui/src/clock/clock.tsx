"use client";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const ClockContext = createContext<string | null>(null);

export type ClockProviderProps = {
  /** The server's time as an ISO string; server and browser draw their first page with it, so both draw the same. */
  readonly now: string;
  readonly children: ReactNode;
};

/** One clock for a page: every date reads "now" here, and it moves on once a minute. */
export function ClockProvider({ now, children }: ClockProviderProps) {
  const [current, setCurrent] = useState(now);
  useEffect(() => {
    // The difference to the server's time is kept, so that a wrong clock in the browser does not turn today into yesterday.
    const offsetMs = Date.parse(now) - Date.now();
    const timer = setInterval(() => setCurrent(new Date(Date.now() + offsetMs).toISOString()), 60_000);
    return () => clearInterval(timer);
  }, [now]);
  return <ClockContext value={current}>{children}</ClockContext>;
}

/** The page's "now" as an ISO string, or null where no clock is provided. */
export function useNow(): string | null {
  return useContext(ClockContext);
}
