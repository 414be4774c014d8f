import { defineErrors } from "@maru/platform/errors";
import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";

export const directoryPermissions = ["directory.read"] as const;

export const directoryErrors = defineErrors("directory", { personNotFound: "not_found", departmentNotFound: "not_found" });

export const PERSON_STATES = ["ACTIVE", "ON_LEAVE", "RESIGNED"] as const;

/** How a person stands beside anything that they did. The screen composes the name by its own rules (rank, duty, department). */
export const personView = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  rank: z.string().nullable(),
  rankEn: z.string().nullable(),
  title: z.string().nullable(),
  titleEn: z.string().nullable(),
  departmentId: z.string().nullable(),
  department: z.string().nullable(),
  departmentEn: z.string().nullable(),
  photoUrl: z.string().nullable(),
  state: z.enum(PERSON_STATES),
});
export type PersonView = z.infer<typeof personView>;

export const personDetailView = personView.extend({
  employeeNo: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
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
});
export type PersonDetailView = z.infer<typeof personDetailView>;

export const getPersonInput = z.strictObject({ id: z.uuid() });

export const searchPeopleInput = z.strictObject({
  q: z.string().trim().min(1).max(50).refine(isStorable),
  limit: z.int().min(1).max(50).default(10),
  includeResigned: z.boolean().default(false),
});

export const listPeopleInput = z.strictObject({
  departmentId: z.uuid().optional(),
  page: z.int().min(1).max(10_000).default(1),
  limit: z.int().min(1).max(100).default(20),
  sort: z.enum(["rank", "name"]).default("rank"),
  order: z.enum(["asc", "desc"]).default("asc"),
});
export const peoplePageView = z.object({
  items: z.array(personView),
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
