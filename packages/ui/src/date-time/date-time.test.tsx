import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { ClockProvider } from "../clock/clock";
import { DateTime } from "./date-time";
import { type DateTimeOptions, formatDateTime, formatDateTimeTitle } from "./format-date-time";

/** 14:30 in Seoul on Friday, 20 November 2026. */
const now = "2026-11-20T05:30:00.000Z";

type Case = [expected: string, iso: string, options: DateTimeOptions];

describe("formatDateTime", () => {
  test.each<Case>([
    ["14:05", "2026-11-20T05:05:00Z", { locale: "ko", now }],
    ["14:05", "2026-11-20T05:05:00Z", { locale: "en", now }],
    ["2026-11-20 (금) 14:05", "2026-11-20T05:05:00Z", { locale: "ko" }],
    ["2026-11-20 (금) 14:05", "2026-11-20T05:05:00Z", { locale: "ko", now, form: "full" }],
    ["2026-11-19 (목) 14:05", "2026-11-19T05:05:00Z", { locale: "ko", now }],
    ["Nov 20, 2026 14:05", "2026-11-20T05:05:00Z", { locale: "en" }],
    ["Sep 1, 2026 09:00", "2026-09-01T00:00:00Z", { locale: "en", now }],
    ["2026. 11. 20.", "2026-11-20T05:05:00Z", { locale: "ko", form: "official" }],
    ["2026. 1. 5.", "2026-01-05T05:05:00Z", { locale: "ko", form: "official" }],
    ["2026-11-20 (금)", "2026-11-20T05:05:00Z", { locale: "ko", now, form: "date" }],
    ["Nov 20, 2026", "2026-11-20T05:05:00Z", { locale: "en", now, form: "date" }],
    ["3분 전", "2026-11-20T05:26:30Z", { locale: "ko", now, form: "relative" }],
    ["2시간 전", "2026-11-20T03:30:00Z", { locale: "ko", now, form: "relative" }],
    ["지금", "2026-11-20T05:29:30Z", { locale: "ko", now, form: "relative" }],
    ["지금", "2026-11-20T05:30:40Z", { locale: "ko", now, form: "relative" }],
    ["3 min. ago", "2026-11-20T05:26:30Z", { locale: "en", now, form: "relative" }],
    ["2026-11-19 (목) 14:29", "2026-11-19T05:29:00Z", { locale: "ko", now, form: "relative" }],
    ["18:00", "2026-11-20T09:00:00Z", { locale: "ko", now, form: "relative" }],
    ["2026-11-20 (금) 14:26", "2026-11-20T05:26:30Z", { locale: "ko", form: "relative" }],
  ])("%s", (expected, iso, options) => {
    expect(formatDateTime(iso, options)).toBe(expected);
  });

  test("the day turns at midnight in the person's zone, not in UTC", () => {
    const justAfterMidnight = "2026-11-20T15:00:00Z";
    expect(formatDateTime(justAfterMidnight, { locale: "ko", now })).toBe("2026-11-21 (토) 00:00");
    expect(formatDateTime("2026-11-19T15:00:00Z", { locale: "ko", now })).toBe("00:00");
    expect(formatDateTime("2026-11-20T05:05:00Z", { locale: "ko", now, timeZone: "America/New_York" })).toBe("00:05");
    expect(formatDateTime("2026-11-20T04:05:00Z", { locale: "ko", now, timeZone: "America/New_York" })).toBe("2026-11-19 (목) 23:05");
  });

  test("refuses what is no moment", () => {
    expect(() => formatDateTime("yesterday", { locale: "ko" })).toThrow(RangeError);
  });
});

describe("formatDateTimeTitle", () => {
  test("names Seoul's hour only for those who are not there", () => {
    expect(formatDateTimeTitle("2026-11-20T05:05:00Z", { locale: "ko" })).toBe("2026-11-20 (금) 14:05");
    expect(formatDateTimeTitle("2026-11-20T05:05:00Z", { locale: "ko", timeZone: "Europe/Berlin" })).toBe(
      "2026-11-20 (금) 06:05 · 2026-11-20 (금) 14:05 KST",
    );
  });
});

describe("DateTime", () => {
  const iso = "2026-11-20T05:05:00.000Z";

  test("carries the machine's and the whole form", () => {
    const html = renderToStaticMarkup(<DateTime iso={iso} locale="ko" now={now} />);
    expect(html).toBe(`<time dateTime="${iso}" title="2026-11-20 (금) 14:05">14:05</time>`);
  });

  test("is told in the zone of the person who reads, with the office's hour beside it", () => {
    const html = renderToStaticMarkup(
      <ClockProvider now={now} timeZone="Europe/Berlin">
        <DateTime iso={iso} locale="ko" />
      </ClockProvider>,
    );
    expect(html).toBe(`<time dateTime="${iso}" title="2026-11-20 (금) 06:05 · 2026-11-20 (금) 14:05 KST">06:05</time>`);
  });

  test("takes now from the page's clock, and without one gives the full form", () => {
    const withClock = renderToStaticMarkup(
      <ClockProvider now={now}>
        <DateTime iso={iso} locale="ko" />
      </ClockProvider>,
    );
    expect(withClock).toContain(">14:05</time>");
    expect(renderToStaticMarkup(<DateTime iso={iso} locale="ko" />)).toContain(">2026-11-20 (금) 14:05</time>");
  });
});
