/** An absence as a form holds it: days and hours of the person's own clock. Whole days have no hours. */
export type AbsenceTimes = {
  readonly fromDay: string;
  readonly toDay: string;
  readonly isWholeDays: boolean;
  readonly fromTime: string;
  readonly toTime: string;
};

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d\d:\d\d$/;
const MIDNIGHT = "00:00";

const two = (number: number): string => String(number).padStart(2, "0");
const dayOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const timeOf = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`;
const at = (day: string, time: string): Date | null => {
  const moment = DAY.test(day) && TIME.test(time) ? new Date(`${day}T${time}`) : null;
  return moment && !Number.isNaN(moment.getTime()) ? moment : null;
};
const dayAfter = (moment: Date): Date => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + 1);

/** What stands in the form of a new absence: the whole of that day. */
export const timesOfDay = (now: Date): AbsenceTimes => {
  const day = dayOf(now);
  return { fromDay: day, toDay: day, isWholeDays: true, fromTime: "09:00", toTime: "18:00" };
};

/** What stands in the form of an absence that is changed. */
export const timesOf = (startsAt: string, endsAt: string): AbsenceTimes => {
  const [start, end] = [new Date(startsAt), new Date(endsAt)];
  const isWholeDays = timeOf(start) === MIDNIGHT && timeOf(end) === MIDNIGHT;
  // The last day is one of them: its midnight is the end.
  const lastDay = isWholeDays ? new Date(end.getTime() - 1) : end;
  const hours = isWholeDays ? { fromTime: "09:00", toTime: "18:00" } : { fromTime: timeOf(start), toTime: timeOf(end) };
  return { fromDay: dayOf(start), toDay: dayOf(lastDay), isWholeDays, ...hours };
};

/** The moments of a form, as the API takes them; null where it is not filled in or ends before it begins. */
export const momentsOf = ({ fromDay, toDay, isWholeDays, fromTime, toTime }: AbsenceTimes) => {
  const start = at(fromDay, isWholeDays ? MIDNIGHT : fromTime);
  const last = at(toDay, isWholeDays ? MIDNIGHT : toTime);
  if (!start || !last) return null;
  const end = isWholeDays ? dayAfter(last) : last;
  return end > start ? { startsAt: start.toISOString(), endsAt: end.toISOString() } : null;
};

/** Today, or the week from Monday to Sunday around it, as the moments in which they begin and end. */
export const windowOf = (now: Date, length: "day" | "week"): { readonly from: string; readonly to: string } => {
  const weekday = (now.getDay() + 6) % 7;
  const first = now.getDate() - (length === "week" ? weekday : 0);
  const at = (day: number) => new Date(now.getFullYear(), now.getMonth(), day).toISOString();
  return { from: at(first), to: at(first + (length === "week" ? 7 : 1)) };
};
