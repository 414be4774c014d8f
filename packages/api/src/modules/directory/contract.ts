import { defineErrors } from "@maru/platform/errors";
import { z } from "zod";
import { colleagueView } from "./contract/organisation";

export * from "./contract/organisation";
export * from "./contract/person";
export * from "./contract/reorganisation";
export * from "./contract/search";
export * from "./contract/staff";

export const directoryPermissions = ["directory.read", "directory.manage", "directory.manage-absences"] as const;

export const directoryErrors = defineErrors("directory", {
  personNotFound: "not_found",
  departmentNotFound: "not_found",
  /** Somebody else has it: people sign in with their address. */
  emailTaken: "conflict",
  employeeNoTaken: "conflict",
  /** The organisation says it, not the person. */
  fieldLocked: "forbidden",
  /** A department would stand below itself. */
  departmentCycle: "conflict",
  departmentCodeTaken: "conflict",
  /** Somebody would report to herself over others. */
  managerCycle: "conflict",
  managerNotFound: "not_found",
  absenceNotFound: "not_found",
  /** Only the person, her assistant and whoever looks after absences enter one. */
  absenceNotYours: "forbidden",
  /** Details carry `startsAt` and `endsAt` of the absence that stands there already. */
  absenceOverlaps: "conflict",
  /** What is over was what it was. */
  absenceOver: "conflict",
  /** A deputy is somebody else who works here now. */
  deputyNotPresent: "invalid",
  /** An assistant is somebody else who works here now. */
  assistantNotPresent: "invalid",
  /** Details carry `maximum`. */
  tooManyFavourites: "conflict",
  /** Somebody else saved the person meanwhile. */
  personStale: "conflict",
  /** Whoever reads somebody's mail can become her: another address of hers is written by those who may give rights. */
  mailProtected: "forbidden",
  standingNotFound: "not_found",
  standingNameTaken: "conflict",
  /** People have it, or had it. */
  standingInUse: "conflict",
  /** The list has changed meanwhile. */
  standingsStale: "conflict",
  /** As she stands, there is no such turn: nobody returns who is there. */
  transitionImpossible: "conflict",
  /** Another turn waits for its day already. */
  transitionPending: "conflict",
  transitionNotFound: "not_found",
  /** Nobody ends her own time here. */
  ownDeparture: "conflict",
  reorganisationNotFound: "not_found",
  /** Somebody else saved it meanwhile. */
  reorganisationStale: "conflict",
  /** It waits for its day, was applied or was cancelled. */
  reorganisationClosed: "conflict",
  /** There is nothing in it to do. */
  reorganisationEmpty: "invalid",
  /** The id of a new department is that of another one. */
  departmentTaken: "conflict",
  /** Details carry `step`, as those of the next two do: the step that can't be done, counted from 1. */
  departmentTooDeep: "invalid",
  /** People work in it, or departments stand below it. */
  departmentNotEmpty: "conflict",
  /** Somebody works somewhere else by now. */
  personElsewhere: "conflict",
});

export const getPersonInput = z.strictObject({ id: z.uuid() });

export const listPeopleInput = z.strictObject({
  departmentId: z.uuid().optional(),
  page: z.int().min(1).max(10_000).default(1),
  limit: z.int().min(1).max(100).default(20),
  sort: z.enum(["rank", "name"]).default("rank"),
  order: z.enum(["asc", "desc"]).default("asc"),
});
export const peoplePageView = z.object({
  items: z.array(colleagueView),
  page: z.object({ page: z.number(), limit: z.number(), total: z.number(), totalPages: z.number() }),
});
export type PeoplePageView = z.infer<typeof peoplePageView>;

/** Flat, parents before children; the tree is made by `parentId`. */
export const departmentView = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  nameEn: z.string(),
  code: z.string(),
  peopleCount: z.number(),
});
export type DepartmentView = z.infer<typeof departmentView>;
