import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { personView } from "./person";

export const DEPARTMENT_KINDS = ["COMPANY", "DIVISION", "DEPARTMENT", "TEAM"] as const;
export const ABSENCE_REASONS = ["VACATION", "BUSINESS_TRIP", "TRAINING", "SICK", "OTHER"] as const;
export type AbsenceReason = (typeof ABSENCE_REASONS)[number];

const DAY_MS = 24 * 60 * 60 * 1000;
/** Nobody is away for longer than two years: that is a leave (휴직), which is a state. */
export const MAX_ABSENCE_MS = 2 * 366 * DAY_MS;
/** How far apart the ends of a question for absences may lie. */
const MAX_WINDOW_MS = 3 * 366 * DAY_MS;
export const MAX_FAVOURITES = 100;
/** How many people one has looked at lately are remembered. */
export const MAX_RECENT = 20;
/** How many reports the page of a person names; a manager of more sees how many there are. */
export const MAX_REPORTS = 100;

/** A person in a list of the directory: with the number that tells homonyms apart, and whether she is away now. */
export const colleagueView = personView.extend({
  employeeNo: z.string().nullable(),
  /** Until when, as an ISO moment; null while she is here. */
  awayUntil: z.string().nullable(),
});
export type ColleagueView = z.infer<typeof colleagueView>;

/** An absence. `startsAt` is part of it, `endsAt` is not. */
export const absenceView = z.object({
  id: z.string(),
  person: personView,
  startsAt: z.string(),
  endsAt: z.string(),
  reason: z.enum(ABSENCE_REASONS),
  /** For those who may change it; null for everybody else. */
  note: z.string().nullable(),
  deputy: personView.nullable(),
  /** How much of this time the deputy is away too: somebody should know before an approval waits for nobody. */
  deputyAway: z.enum(["NEVER", "PARTLY", "WHOLLY"]),
  can: z.object({ change: z.boolean() }),
});
export type AbsenceView = z.infer<typeof absenceView>;

export const personDetailView = colleagueView.extend({
  position: z.string().nullable(),
  positionEn: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  mobile: z.string().nullable(),
  joinedOn: z.string().nullable(),
  places: z.array(
    z.object({
      departmentId: z.string(),
      department: z.string(),
      departmentEn: z.string(),
      title: z.string().nullable(),
      titleEn: z.string().nullable(),
      isPrimary: z.boolean(),
    }),
  ),
  manager: colleagueView.nullable(),
  assistant: colleagueView.nullable(),
  /** By standing, at most MAX_REPORTS of them. */
  reports: z.array(colleagueView),
  reportCount: z.number(),
  /** What holds now and what comes, the next first. */
  absences: z.array(absenceView),
  isFavourite: z.boolean(),
  can: z.object({ enterAbsence: z.boolean() }),
});
export type PersonDetailView = z.infer<typeof personDetailView>;

/** A department in the chart. Counts are of people who belong to it directly, and of those with all below, each person once. */
export const chartDepartmentView = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  kind: z.enum(DEPARTMENT_KINDS),
  name: z.string(),
  nameEn: z.string(),
  code: z.string(),
  directCount: z.number(),
  totalCount: z.number(),
  head: colleagueView.nullable(),
});
export type ChartDepartmentView = z.infer<typeof chartDepartmentView>;

export const departmentDetailView = chartDepartmentView.extend({
  abbreviation: z.string(),
  closedOn: z.string().nullable(),
  /** From the top to the one above. */
  above: z.array(z.object({ id: z.string(), name: z.string(), nameEn: z.string() })),
  below: z.array(chartDepartmentView),
  isFavourite: z.boolean(),
});
export type DepartmentDetailView = z.infer<typeof departmentDetailView>;

export const departmentIdInput = z.strictObject({ id: z.uuid() });

export const listMembersInput = z.strictObject({
  departmentId: z.uuid(),
  page: z.int().min(1).max(10_000).default(1),
  limit: z.int().min(1).max(100).default(30),
});
/** Who belongs to one department itself. Title and standing are those of this department, which may not be the person's first. */
export const memberView = colleagueView.extend({ isPrimary: z.boolean() });
export type MemberView = z.infer<typeof memberView>;
export const membersPageView = z.object({
  items: z.array(memberView),
  page: z.object({ page: z.number(), limit: z.number(), total: z.number(), totalPages: z.number() }),
});
export type MembersPageView = z.infer<typeof membersPageView>;

const moment = z.iso.datetime({ offset: true });
const lasts = ({ from, to }: { from: string; to: string }, atMostMs: number): boolean => {
  const ms = Date.parse(to) - Date.parse(from);
  return ms > 0 && ms <= atMostMs;
};

export const setAbsenceInput = z
  .strictObject({
    /** Changes this one; without it a new one is entered. */
    id: z.uuid().optional(),
    personId: z.uuid(),
    startsAt: moment,
    endsAt: moment,
    reason: z.enum(ABSENCE_REASONS),
    note: z.string().trim().max(200).refine(isStorable).optional(),
    deputyId: z.uuid().optional(),
  })
  .refine(({ startsAt, endsAt }) => lasts({ from: startsAt, to: endsAt }, MAX_ABSENCE_MS), { path: ["endsAt"] });
export type SetAbsenceInput = z.infer<typeof setAbsenceInput>;
export const cancelAbsenceInput = z.strictObject({ id: z.uuid() });

/** Absences that touch a time: of one person, or of a department with all below it; without either of one's own department. */
export const listAbsencesInput = z
  .strictObject({
    personId: z.uuid().optional(),
    departmentId: z.uuid().optional(),
    from: moment,
    to: moment,
    limit: z.int().min(1).max(200).default(100),
  })
  .refine(({ from, to }) => lasts({ from, to }, MAX_WINDOW_MS), { path: ["to"] })
  .refine(({ personId, departmentId }) => personId === undefined || departmentId === undefined, { path: ["departmentId"] });
export const setAssistantInput = z.strictObject({ personId: z.uuid(), assistantId: z.uuid().nullable() });
export const assistantView = z.object({ assistant: personView.nullable() });
export type AssistantView = z.infer<typeof assistantView>;

export const setFavouriteInput = z.strictObject({
  kind: z.enum(["PERSON", "DEPARTMENT"]),
  id: z.uuid(),
  isFavourite: z.boolean(),
});
export const favouriteView = z.object({ isFavourite: z.boolean() });
export type FavouriteView = z.infer<typeof favouriteView>;
/** What somebody keeps at hand, the newest first: at most MAX_FAVOURITES of both together. */
export const favouritesView = z.object({ people: z.array(colleagueView), departments: z.array(chartDepartmentView) });
export type FavouritesView = z.infer<typeof favouritesView>;

export const noteSeenInput = z.strictObject({ personId: z.uuid() });
export const seenView = z.object({ isNoted: z.boolean() });
export type SeenView = z.infer<typeof seenView>;
