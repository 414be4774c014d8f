import { auditErrors, type ChangeView, type EntryDetailView, type EntryFilters } from "./contract";

/** Where a page of entries begins: right behind this one, from the latest to the oldest. */
export type EntryPlace = { readonly at: Date; readonly id: string };

const CURSOR = /^([0-9]{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const LAST_TIME = Date.UTC(9999, 11, 31);

/** A cursor is opaque to whoever carries it, and checked when it comes back: what we did not make is refused. */
export const entryCursor = ({ at, id }: EntryPlace): string => Buffer.from(`${at.getTime()}.${id}`).toString("base64url");
export const parseEntryCursor = (cursor: string | undefined): EntryPlace | null => {
  if (cursor === undefined) return null;
  const [, time = "", id = ""] = CURSOR.exec(Buffer.from(cursor, "base64url").toString("latin1")) ?? [];
  if (id === "" || Number(time) > LAST_TIME) throw auditErrors.cursorInvalid();
  return { at: new Date(Number(time)), id };
};

/** A period that ends before it begins finds nothing, and whoever asked did not mean that. */
export const checkPeriod = ({ from, to }: EntryFilters): void => {
  if (from && to && new Date(from) >= new Date(to)) throw auditErrors.periodInvalid();
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const shown = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** What an entry's details say: `before` and `after` become one change a field, everything else is told as it stands. */
export const readDetails = (details: unknown): Pick<EntryDetailView, "changes" | "facts"> => {
  const { before, after, ...others } = isRecord(details) ? details : { details };
  const [old, fresh] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
  const changes: ChangeView[] = [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .map((field) => ({ field, before: shown(old[field]), after: shown(fresh[field]) }))
    .filter((change) => change.before !== change.after);
  const rest = isRecord(before) || isRecord(after) ? others : { ...others, before, after };
  const facts = Object.entries(rest).flatMap(([field, value]) => (value === undefined ? [] : [{ field, value: shown(value) ?? "" }]));
  return { changes, facts };
};
