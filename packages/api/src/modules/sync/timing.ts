const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** The office's clock (Asia/Seoul) stands this far before UTC, all the year. */
const OFFICE_MINUTES = 9 * 60;

/** The day (`YYYY-MM-DD`) of the office's calendar. */
export const officeDay = (now: Date): string => new Date(now.getTime() + OFFICE_MINUTES * MINUTE_MS).toISOString().slice(0, 10);

/** The next time that the office's clock shows this minute of the day, after now. */
export const nextAtMinute = (minute: number, now: Date): Date => {
  const minutes = Math.floor(now.getTime() / MINUTE_MS) + OFFICE_MINUTES;
  const wait = (minute - (minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  return new Date((minutes - OFFICE_MINUTES + wait) * MINUTE_MS);
};

export const inMinutes = (minutes: number, now: Date): Date => new Date(now.getTime() + minutes * MINUTE_MS);

type Schedule = { readonly deltaMinutes: number | null; readonly fullAtMinute: number | null };

/** When the next readings of a source are; null for what only happens when somebody asks. */
export const nextTimes = ({ deltaMinutes, fullAtMinute }: Schedule, now: Date) => ({
  nextDeltaAt: deltaMinutes === null ? null : inMinutes(deltaMinutes, now),
  nextFullAt: fullAtMinute === null ? null : nextAtMinute(fullAtMinute, now),
});
