import type { EntryFilters } from "@maru/api/audit/contract";

/** The kinds of actions that one can choose from: how their names begin. */
export const AREAS = [
  "identity.account",
  "identity.session",
  "identity.role",
  "identity",
  "board.post",
  "board.comment",
  "board",
  "files",
  "directory",
  "audit",
] as const;
export type Area = (typeof AREAS)[number];

/** What of the log somebody looks at; the address says it, so that it can be sent to a colleague. Days are those of the office. */
export type AuditPlace = {
  readonly from: string;
  readonly to: string;
  readonly area: Area | "";
  readonly actorId: string;
  readonly subjectType: string;
  readonly subjectId: string;
};
export const EVERYTHING: AuditPlace = { from: "", to: "", area: "", actorId: "", subjectType: "", subjectId: "" };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SUBJECT_TYPE = /^[a-z][a-z.-]{0,79}$/;
/** The office's midnight, in hours before that of UTC. */
const OFFICE_OFFSET = "+09:00";
const DAY_MS = 24 * 60 * 60 * 1000;

type Parameters = Readonly<Record<string, string | string[] | null | undefined>>;
const first = (value: string | string[] | null | undefined) => (Array.isArray(value) ? value[0] : value) ?? "";
const startOf = (day: string): Date => new Date(`${day}T00:00:00${OFFICE_OFFSET}`);
const isDay = (day: string): boolean => /^2\d{3}-\d\d-\d\d$/.test(day) && !Number.isNaN(startOf(day).getTime());

/** Reads the address; what nobody could have written on purpose is left out. */
export const readPlace = (parameters: Parameters): AuditPlace => {
  const given = (name: string, isGood: (value: string) => boolean) => {
    const value = first(parameters[name]);
    return isGood(value) ? value : "";
  };
  const subjectType = given("type", (value) => SUBJECT_TYPE.test(value));
  return {
    from: given("from", isDay),
    to: given("to", isDay),
    area: AREAS.find((area) => area === first(parameters.area)) ?? "",
    actorId: given("actor", (value) => UUID.test(value)),
    subjectType,
    subjectId: subjectType ? given("subject", (value) => value.length <= 200 && !value.includes("\0")) : "",
  };
};

/** The address of a place; what is as usual is not said. */
export const hrefOfPlace = ({ from, to, area, actorId, subjectType, subjectId }: AuditPlace): string => {
  const named = Object.entries({ from, to, area, actor: actorId, type: subjectType, subject: subjectId });
  const parameters = new URLSearchParams(named.filter(([, value]) => value !== ""));
  return parameters.size > 0 ? `/admin/audit?${parameters}` : "/admin/audit";
};

/** The same as the procedures want it; the last day is within the period. */
export const filtersOf = ({ from, to, area, actorId, subjectType, subjectId }: AuditPlace): EntryFilters => ({
  ...(from ? { from: startOf(from).toISOString() } : {}),
  ...(to ? { to: new Date(startOf(to).getTime() + DAY_MS).toISOString() } : {}),
  ...(area ? { action: area } : {}),
  ...(actorId ? { actorId } : {}),
  ...(subjectType ? { subjectType } : {}),
  ...(subjectId ? { subjectId } : {}),
});

export const listInput = (place: AuditPlace) => ({ ...filtersOf(place), limit: 50 });
