export type PartOfDay = "dawn" | "morning" | "afternoon" | "evening";

const hourIn = (timeZone: string) => new Intl.DateTimeFormat("en-US", { hour: "numeric", hourCycle: "h23", timeZone });

/** Which greeting fits a moment, where the organisation is. */
export const partOfDay = (iso: string, timeZone = "Asia/Seoul"): PartOfDay => {
  const hour = Number(hourIn(timeZone).format(new Date(iso)));
  if (hour < 5) return "dawn";
  if (hour < 12) return "morning";
  return hour < 18 ? "afternoon" : "evening";
};
