import { parseMailAddress } from "@maru/platform/mail/address";
import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { PERSON_STATES, personView } from "./person";

export const MAX_PLACES = 10;

const text = (max: number) => z.string().trim().min(1).max(max).refine(isStorable);
const optional = (max: number) => text(max).nullable().default(null);
const day = z.iso.date();

export const placeInput = z.strictObject({ departmentId: z.uuid(), titleId: z.uuid().nullable().default(null), isPrimary: z.boolean() });

/** Everything that the organisation says of a person. Without an id she is new; `version` is what was read before. */
export const savePersonInput = z.strictObject({
  id: z.uuid().optional(),
  version: z.iso.datetime().nullable().default(null),
  name: text(60),
  nameEn: optional(60),
  employeeNo: optional(40),
  email: text(200)
    .refine((mail) => parseMailAddress(mail) !== null)
    .nullable()
    .default(null),
  phone: optional(40),
  mobile: optional(40),
  rankId: z.uuid().nullable().default(null),
  positionId: z.uuid().nullable().default(null),
  managerId: z.uuid().nullable().default(null),
  joinedOn: day.nullable().default(null),
  /** Exactly one of them is the first, unless there is none. */
  places: z
    .array(placeInput)
    .max(MAX_PLACES)
    .refine((places) => places.length === 0 || places.filter(({ isPrimary }) => isPrimary).length === 1)
    .refine((places) => new Set(places.map(({ departmentId }) => departmentId)).size === places.length)
    .default([]),
});
export type SavePersonInput = z.infer<typeof savePersonInput>;

export const listPeopleForAdminInput = z.strictObject({
  q: text(50).optional(),
  state: z.enum(PERSON_STATES).optional(),
  departmentId: z.uuid().optional(),
  cursor: z.uuid().optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListPeopleForAdminInput = z.infer<typeof listPeopleForAdminInput>;

export const TRANSITION_KINDS = ["LEAVE", "RETURN", "RESIGNATION"] as const;
export type TransitionKind = (typeof TRANSITION_KINDS)[number];
export const TRANSITION_STATES = ["SCHEDULED", "DONE", "CANCELLED", "REFUSED"] as const;

/** From `effectiveOn` on she is on leave, back, or gone; a day that has come already is today. */
export const transitionInput = z.strictObject({ personId: z.uuid(), kind: z.enum(TRANSITION_KINDS), effectiveOn: day });
export type TransitionInput = z.infer<typeof transitionInput>;
export const transitionIdInput = z.strictObject({ id: z.uuid() });

export const transitionView = z.object({
  id: z.string(),
  kind: z.enum(TRANSITION_KINDS),
  state: z.enum(TRANSITION_STATES),
  effectiveOn: z.string(),
  requestedAt: z.string(),
  /** The code of the error for which it was refused on its day. */
  fault: z.string().nullable(),
});
export type TransitionView = z.infer<typeof transitionView>;

export const staffView = personView.extend({
  employeeNo: z.string().nullable(),
  email: z.string().nullable(),
  /** What waits for its day. */
  upcoming: transitionView.nullable(),
});
export type StaffView = z.infer<typeof staffView>;
export const staffPage = z.object({ items: z.array(staffView), nextCursor: z.string().nullable() });
export type StaffPage = z.infer<typeof staffPage>;

export const staffDetailView = z.object({
  person: personView,
  version: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  employeeNo: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  mobile: z.string().nullable(),
  rankId: z.string().nullable(),
  positionId: z.string().nullable(),
  manager: personView.nullable(),
  joinedOn: z.string().nullable(),
  leftOn: z.string().nullable(),
  places: z.array(z.object({ departmentId: z.string(), titleId: z.string().nullable(), isPrimary: z.boolean() })),
  /** The latest first. */
  transitions: z.array(transitionView),
  /** Which turns there are for her as she stands; none while one waits for its day. */
  can: z.object({ turn: z.array(z.enum(TRANSITION_KINDS)), changeMail: z.boolean() }),
});
export type StaffDetailView = z.infer<typeof staffDetailView>;

/**
 * Something that follows for what somebody has or does. The reader's catalogue puts it into words by its code, with how many, and with the
 * names of some of them.
 */
export const consequenceView = z.object({
  code: z.string(),
  count: z.number(),
  names: z.array(z.object({ name: z.string(), nameEn: z.string().nullable() })),
  /** It can't be done as long as this is so. */
  isBlocking: z.boolean(),
});
export type Consequence = z.infer<typeof consequenceView>;
export const transitionPreview = z.object({ person: personView, isNow: z.boolean(), consequences: z.array(consequenceView) });
export type TransitionPreview = z.infer<typeof transitionPreview>;

/** 직급, 직위, 직책: three lists that people stand in, each with its order. */
export const STANDING_KINDS = ["RANK", "POSITION", "TITLE"] as const;
export type StandingKind = (typeof STANDING_KINDS)[number];
const MAX_STANDINGS = 200;
const kind = z.enum(STANDING_KINDS);
/** `isMarked` is an executive's rank, or a title that leads its department; a position has no mark. */
export const saveStandingInput = z.strictObject({
  kind,
  id: z.uuid().optional(),
  name: text(40),
  nameEn: text(40),
  isMarked: z.boolean().default(false),
});
/** All of a kind, in the order that they shall have. */
export const orderStandingsInput = z.strictObject({ kind, ids: z.array(z.uuid()).min(1).max(MAX_STANDINGS) });
export const standingIdInput = z.strictObject({ kind, id: z.uuid() });

export const standingView = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string(),
  isMarked: z.boolean(),
  /** How many people have it; for a title, how many places, those of people who left included. */
  usedBy: z.number(),
});
export type StandingView = z.infer<typeof standingView>;
const standings = z.array(standingView);
export const standingsView = z.object({ ranks: standings, positions: standings, titles: standings });
export type StandingsView = z.infer<typeof standingsView>;

export const doneView = z.object({ done: z.literal(true) });
