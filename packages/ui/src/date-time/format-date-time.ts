export type DateTimeForm =
  /** `14:05` today, otherwise date, weekday and time. */
  | "auto"
  /** Always date, weekday and time: `2026-11-20 (금) 14:05`. */
  | "full"
  /** `2026-11-20 (금)`, in English `Nov 20, 2026`. */
  | "date"
  /** Official and printed: `2026. 11. 20.` */
  | "official"
  /** `3분 전` within a day, then as "auto". */
  | "relative";

export type DateTimeOptions = {
  /** Language of the interface; anything but Korean is written the English way. */
  readonly locale: string;
  /** What "today" and "ago" are measured from. Without it the full form is given. */
  readonly now?: string | null;
  readonly timeZone?: string;
  readonly form?: DateTimeForm;
};

export const defaultTimeZone = "Asia/Seoul";

type Parts = Readonly<Record<"year" | "month" | "day" | "hour" | "minute", string>>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times its use, and a list shows a hundred dates. */
function formatter(key: string, locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const existing = formatters.get(key);
  if (existing) return existing;
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}

function partsOf(date: Date, timeZone: string): Parts {
  const made = formatter(`parts ${timeZone}`, "en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return Object.fromEntries(made.formatToParts(date).map(({ type, value }) => [type, value])) as Parts;
}

function word(date: Date, timeZone: string, kind: "weekday" | "month", locale: "ko-KR" | "en-US"): string {
  return formatter(`${kind} ${locale} ${timeZone}`, locale, { timeZone, [kind]: "short" }).format(date);
}

function dateOf(date: Date, parts: Parts, isKorean: boolean, timeZone: string): string {
  if (isKorean) return `${parts.year}-${parts.month}-${parts.day} (${word(date, timeZone, "weekday", "ko-KR")})`;
  return `${word(date, timeZone, "month", "en-US")} ${Number(parts.day)}, ${parts.year}`;
}

/** Minutes and hours ago in the words of the language, or null when it is more than a day, or in the future. */
function relativeOf(date: Date, now: Date, isKorean: boolean): string | null {
  const seconds = Math.floor((now.getTime() - date.getTime()) / 1000);
  // A clock that runs a minute ahead is no reason to announce the future.
  if (seconds < -60 || seconds >= 86_400) return null;
  const words = new Intl.RelativeTimeFormat(isKorean ? "ko-KR" : "en-US", { numeric: "auto", style: isKorean ? "long" : "short" });
  if (seconds < 60) return words.format(0, "second");
  if (seconds < 3600) return words.format(-Math.floor(seconds / 60), "minute");
  return words.format(-Math.floor(seconds / 3600), "hour");
}

/** Writes a moment as Korean offices do. Throws RangeError on what is no moment: a view never carries one. */
export function formatDateTime(iso: string, options: DateTimeOptions): string {
  const { locale, now = null, timeZone = defaultTimeZone, form = "auto" } = options;
  const date = new Date(iso);
  const isKorean = locale.startsWith("ko");
  const parts = partsOf(date, timeZone);
  const time = `${parts.hour}:${parts.minute}`;

  if (form === "official") return `${parts.year}. ${Number(parts.month)}. ${Number(parts.day)}.`;
  if (form === "date") return dateOf(date, parts, isKorean, timeZone);
  if (form !== "full" && now !== null) {
    const reference = new Date(now);
    const relative = form === "relative" ? relativeOf(date, reference, isKorean) : null;
    if (relative) return relative;
    const today = partsOf(reference, timeZone);
    if (today.year === parts.year && today.month === parts.month && today.day === parts.day) return time;
  }
  return `${dateOf(date, parts, isKorean, timeZone)} ${time}`;
}

/** The whole moment for a tooltip; staff abroad also sees the hour in Seoul, because deadlines are meant there. */
export function formatDateTimeTitle(iso: string, { locale, timeZone = defaultTimeZone }: DateTimeOptions): string {
  const own = formatDateTime(iso, { locale, timeZone, form: "full" });
  if (timeZone === defaultTimeZone) return own;
  return `${own} · ${formatDateTime(iso, { locale, form: "full" })} KST`;
}
