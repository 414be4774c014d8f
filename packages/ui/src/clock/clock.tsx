"use client";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const ClockContext = createContext<string | null>(null);
const TimeZoneContext = createContext<string | undefined>(undefined);

export type ClockProviderProps = {
  /** The server's time as an ISO string; server and browser draw their first page with it, so both draw the same. */
  readonly now: string;
  /** The zone in which the person reads times; the office's where nothing is said. */
  readonly timeZone?: string;
  readonly children: ReactNode;
};

/** One clock for a page: every date reads "now" here, and it moves on once a minute. */
export function ClockProvider({ now, timeZone, children }: ClockProviderProps) {
  const [current, setCurrent] = useState(now);
  useEffect(() => {
    // The difference to the server's time is kept, so that a wrong clock in the browser does not turn today into yesterday.
    const offsetMs = Date.parse(now) - Date.now();
    const timer = setInterval(() => setCurrent(new Date(Date.now() + offsetMs).toISOString()), 60_000);
    return () => clearInterval(timer);
  }, [now]);
  return (
    <TimeZoneContext value={timeZone}>
      <ClockContext value={current}>{children}</ClockContext>
    </TimeZoneContext>
  );
}

/** The page's "now" as an ISO string, or null where no clock is provided. */
export function useNow(): string | null {
  return useContext(ClockContext);
}

/** The zone in which the page's times are read, or undefined where it is the office's. */
export function useTimeZone(): string | undefined {
  return useContext(TimeZoneContext);
}
