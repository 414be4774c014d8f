import { describe, expect, it } from "vitest";
import { inMinutes, nextAtMinute, officeDay } from "./timing";

describe("the office's clock", () => {
  it.each([
    ["2026-11-21T14:59:00Z", "2026-11-21"],
    ["2026-11-21T15:00:00Z", "2026-11-22"],
  ])("has its own days: %s is %s", (now, day) => expect(officeDay(new Date(now))).toBe(day));

  it.each([
    ["later today", 120, "2026-11-21T16:00:00Z", "2026-11-21T17:00:00.000Z"],
    ["tomorrow", 120, "2026-11-21T17:30:00Z", "2026-11-22T17:00:00.000Z"],
    ["this very minute is over", 120, "2026-11-21T17:00:20Z", "2026-11-22T17:00:00.000Z"],
    ["midnight", 0, "2026-11-21T14:59:59Z", "2026-11-21T15:00:00.000Z"],
  ])("rings once a day: %s", (_what, minute, now, expected) => expect(nextAtMinute(minute, new Date(now)).toISOString()).toBe(expected));

  it("rings after some minutes", () =>
    expect(inMinutes(15, new Date("2026-11-21T00:00:30Z")).toISOString()).toBe("2026-11-21T00:15:30.000Z"));
});
