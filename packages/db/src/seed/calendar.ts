import type { Random } from "./random";

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The demo's past: half a year before it was made. */
export const SPAN_DAYS = 180;
// Korea keeps one time all year, so an office hour there is a fixed distance from UTC.
const SEOUL_OFFSET = 9 * HOUR;

const isWeekend = (at: number): boolean => [0, 6].includes(new Date(at + SEOUL_OFFSET).getUTCDay());
const midnight = (at: number): number => Math.floor((at + SEOUL_OFFSET) / DAY) * DAY - SEOUL_OFFSET;

/** A moment of office hours around a place in the half year, never on a weekend and never after `now`. */
export const officeHour = (random: Random, now: Date, place: number): Date => {
  let day = midnight(now.getTime() - SPAN_DAYS * DAY + Math.min(Math.max(place, 0), 1) * SPAN_DAYS * DAY);
  while (isWeekend(day)) day -= DAY;
  const at = day + (8.5 + random.next() * 9.5) * HOUR;
  return new Date(Math.min(at, now.getTime() - random.int(10, 90) * MINUTE));
};

/** The Monday of the week in which a moment lies, at midnight in Korea. */
export const mondayOf = (now: Date): Date => {
  const today = midnight(now.getTime());
  return new Date(today - ((new Date(today + SEOUL_OFFSET).getUTCDay() + 6) % 7) * DAY);
};

/** A moment some hours after another: soon, as answers are, but not after `now`. */
export const soonAfter = (random: Random, at: Date, now: Date): Date => {
  const wait = (5 + random.next() ** 3 * 40 * 60) * MINUTE;
  const latest = Math.max(at.getTime(), now.getTime() - MINUTE);
  return new Date(Math.min(at.getTime() + wait, latest));
};
