// The organisation has one calendar, whatever clock a reader's browser or a server has: somebody leaves on a day, not at a moment.
const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Seoul" });

/** The day of the organisation at a moment, as `2026-11-22`. */
export const dayAt = (at: Date): string => DAY.format(at);

/** A day as Prisma stores it in a date column. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** A stored date as a day. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** The day before. */
export const dayBefore = (day: string): string => dayOf(new Date(dateOf(day).getTime() - 24 * 60 * 60 * 1000));
