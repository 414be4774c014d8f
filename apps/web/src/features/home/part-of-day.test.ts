import { expect, it } from "vitest";
import { partOfDay } from "./part-of-day";

it.each([
  ["2026-11-19T15:00:00Z", "dawn"],
  ["2026-11-19T19:59:00Z", "dawn"],
  ["2026-11-19T20:00:00Z", "morning"],
  ["2026-11-20T02:59:00Z", "morning"],
  ["2026-11-20T03:00:00Z", "afternoon"],
  ["2026-11-20T08:59:00Z", "afternoon"],
  ["2026-11-20T09:00:00Z", "evening"],
  ["2026-11-20T14:59:59Z", "evening"],
])("%s is %s in Seoul", (iso, expected) => expect(partOfDay(iso)).toBe(expected));

it("knows other zones", () => expect(partOfDay("2026-11-20T08:00:00Z", "Europe/Berlin")).toBe("morning"));
