"use client";
import { useFormatter } from "next-intl";

const DAY = { month: "long", day: "numeric", weekday: "short" } as const;
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const MIDNIGHT = "00:00";

/** When an absence begins and ends, in words: days where it is of whole days, hours otherwise. */
export const usePeriod = () => {
  const format = useFormatter();
  const isMidnight = (moment: Date) => format.dateTime(moment, TIME) === MIDNIGHT;
  // The midnight at an end belongs to the day after.
  const dayBefore = (end: Date) => new Date(end.getTime() - 1);
  return {
    period: (startsAt: string, endsAt: string): string => {
      const [start, end] = [new Date(startsAt), new Date(endsAt)];
      const isWholeDays = isMidnight(start) && isMidnight(end);
      const shape = isWholeDays ? DAY : { ...DAY, ...TIME };
      const [from, to] = [format.dateTime(start, shape), format.dateTime(isWholeDays ? dayBefore(end) : end, shape)];
      return from === to ? from : `${from} – ${to}`;
    },
    until: (endsAt: string): string => {
      const end = new Date(endsAt);
      return isMidnight(end) ? format.dateTime(dayBefore(end), DAY) : format.dateTime(end, { ...DAY, ...TIME });
    },
  };
};
