import { describe, expect, it } from "vitest";
import { type AbsenceTimes, momentsOf, timesOf, timesOfDay, windowOf } from "./absence-times";

const times = (changes: Partial<AbsenceTimes> = {}): AbsenceTimes => ({ ...timesOfDay(new Date(2026, 10, 25)), ...changes });
const local = (...parts: [number, number, number, number?, number?]) => new Date(...parts).toISOString();

describe("the times of an absence", () => {
  it("of whole days begin at midnight and end with the last day", () => {
    expect(momentsOf(times())).toEqual({ startsAt: local(2026, 10, 25), endsAt: local(2026, 10, 26) });
    expect(momentsOf(times({ toDay: "2026-12-31" }))).toEqual({ startsAt: local(2026, 10, 25), endsAt: local(2027, 0, 1) });
  });

  it("of hours are those hours", () =>
    expect(momentsOf(times({ isWholeDays: false, fromTime: "14:00" }))).toEqual({
      startsAt: local(2026, 10, 25, 14),
      endsAt: local(2026, 10, 25, 18),
    }));

  it.each([times(), times({ toDay: "2026-12-02" }), times({ isWholeDays: false, fromTime: "13:30", toTime: "18:00" })])(
    "are read back as they were written: %o",
    (form) => {
      const { startsAt = "", endsAt = "" } = momentsOf(form) ?? {};
      expect(timesOf(startsAt, endsAt)).toEqual(form);
    },
  );

  it.each([
    { fromDay: "" },
    { toDay: "2026-11-24" },
    { fromDay: "2026-13-01" },
    { isWholeDays: false, fromTime: "18:00", toTime: "09:00" },
    { isWholeDays: false, toTime: "" },
  ])("are none for %o", (changes) => expect(momentsOf(times(changes))).toBeNull());
});

describe("windowOf", () => {
  // A Wednesday, a Monday and a Sunday of one week.
  it.each([25, 23, 29])("begins the week of the %ith on Monday", (day) =>
    expect(windowOf(new Date(2026, 10, day, 15), "week")).toEqual({ from: local(2026, 10, 23), to: local(2026, 10, 30) }),
  );
  it("is a day from midnight to midnight", () =>
    expect(windowOf(new Date(2026, 10, 30, 23, 59), "day")).toEqual({ from: local(2026, 10, 30), to: local(2026, 11, 1) }));
});
