import { z } from "zod";

export const PERSON_STATES = ["ACTIVE", "ON_LEAVE", "RESIGNED", "SCHEDULED_FOR_DELETION"] as const;
export type PersonState = (typeof PERSON_STATES)[number];
/** Who belongs to the organisation: stands in lists, is found, and may sign in. */
export const PRESENT_STATES = ["ACTIVE", "ON_LEAVE"] as const satisfies readonly PersonState[];
export const isPresent = (state: PersonState): boolean => PRESENT_STATES.some((one) => one === state);

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
