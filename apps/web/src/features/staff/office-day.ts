const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Seoul" });

/** The day that it is at the office, as `2026-11-22`: people come and go by its calendar, wherever the administrator sits. */
export const officeDay = (at: Date = new Date()): string => DAY.format(at);
