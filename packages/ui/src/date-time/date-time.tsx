"use client";
import { useNow, useTimeZone } from "../clock/clock";
import { type DateTimeOptions, formatDateTime, formatDateTimeTitle } from "./format-date-time";

export type DateTimeProps = DateTimeOptions & {
  /** The moment, as the API gives it (UTC). */
  readonly iso: string;
};

/**
 * A moment in the page. "Today" is measured from `now` or from the page's clock (ClockProvider), which is the same on the server and in
 * the browser; without either the full form is shown, so that hydration never finds another text.
 */
export function DateTime({ iso, now, timeZone, ...rest }: DateTimeProps) {
  const clock = useNow();
  const zone = useTimeZone();
  const options = { ...rest, timeZone: timeZone ?? zone };
  return (
    <time dateTime={iso} title={formatDateTimeTitle(iso, options)}>
      {formatDateTime(iso, { ...options, now: now ?? clock })}
    </time>
  );
}
