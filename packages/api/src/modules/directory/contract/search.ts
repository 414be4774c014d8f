import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { personView } from "./person";

const searchedText = z.string().trim().min(1).max(50).refine(isStorable);

export const searchPeopleInput = z.strictObject({
  q: searchedText,
  limit: z.int().min(1).max(50).default(10),
  includeResigned: z.boolean().default(false),
});
export type SearchPeopleInput = z.output<typeof searchPeopleInput>;

export const searchDepartmentsInput = z.strictObject({ q: searchedText, limit: z.int().min(1).max(50).default(10) });
export type SearchDepartmentsInput = z.output<typeof searchDepartmentsInput>;

/** What of a text was asked for: parts from one index to before another, as JavaScript counts them, in order and without overlaps. */
const matches = z.array(z.tuple([z.number(), z.number()]));

/** A person who was found. `matches` are parts of `name`, `matchesEn` of `nameEn`; there is none when something else was asked for. */
export const foundPersonView = personView.extend({ employeeNo: z.string().nullable(), matches, matchesEn: matches });
export type FoundPersonView = z.infer<typeof foundPersonView>;

/** A department that was found, with the one above it, which tells apart those of one name. */
export const foundDepartmentView = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string(),
  code: z.string(),
  parent: z.string().nullable(),
  parentEn: z.string().nullable(),
  matches,
  matchesEn: matches,
});
export type FoundDepartmentView = z.infer<typeof foundDepartmentView>;
