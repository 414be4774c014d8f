import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { DEPARTMENT_KINDS } from "./organisation";
import { consequenceView } from "./staff";

/** How many steps one reorganisation has at most, and how many people one step moves by name. */
export const MAX_OPERATIONS = 200;
export const MAX_MOVED_PEOPLE = 500;

const departmentName = z.string().trim().min(1).max(60).refine(isStorable);
const words = {
  name: departmentName,
  nameEn: departmentName,
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/),
  /** Stands in the numbers of documents. */
  abbreviation: z.string().trim().min(1).max(10).refine(isStorable),
  departmentKind: z.enum(DEPARTMENT_KINDS),
};

/**
 * One step of a reorganisation. A department that is created brings its id along: so the steps that follow can name it.
 */
export const operationInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("CREATE"), departmentId: z.uuid(), parentId: z.uuid().nullable(), ...words }),
  z.strictObject({ kind: z.literal("RENAME"), departmentId: z.uuid(), ...words }),
  z.strictObject({ kind: z.literal("MOVE"), departmentId: z.uuid(), parentId: z.uuid() }),
  z.strictObject({ kind: z.literal("MERGE"), departmentId: z.uuid(), intoId: z.uuid() }),
  z.strictObject({ kind: z.literal("CLOSE"), departmentId: z.uuid() }),
  z.strictObject({
    kind: z.literal("MOVE_PEOPLE"),
    departmentId: z.uuid(),
    toId: z.uuid(),
    personIds: z.array(z.uuid()).min(1).max(MAX_MOVED_PEOPLE),
  }),
]);
export type Operation = z.infer<typeof operationInput>;

const operations = z.array(operationInput).max(MAX_OPERATIONS);
const name = z.string().trim().min(1).max(100).refine(isStorable);

/** Without an id it is a new draft. `version` is the one that was read; another one stored meanwhile is a conflict. */
export const saveReorganisationInput = z.strictObject({
  id: z.uuid().optional(),
  version: z.int32().min(0).default(0),
  name,
  operations,
});
export const previewReorganisationInput = z.strictObject({ operations });
export const listReorganisationsInput = z.strictObject({ cursor: z.uuid().optional(), limit: z.int().min(1).max(100).default(20) });
export const reorganisationIdInput = z.strictObject({ id: z.uuid() });
/** Without a day it is applied now. */
export const applyReorganisationInput = z.strictObject({
  id: z.uuid(),
  version: z.int32().min(1),
  effectiveOn: z.iso.date().nullable().default(null),
});

export const REORGANISATION_STATES = ["DRAFT", "SCHEDULED", "APPLIED", "CANCELLED"] as const;

export const reorganisationView = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(REORGANISATION_STATES),
  version: z.number(),
  operations: z.array(operationInput),
  effectiveOn: z.string().nullable(),
  /** The code of the error for which it did not apply on its day. */
  fault: z.string().nullable(),
  outcome: z.object({ departments: z.number(), people: z.number() }).nullable(),
  updatedBy: z.string().nullable(),
  updatedAt: z.string(),
  appliedAt: z.string().nullable(),
});
export type ReorganisationView = z.infer<typeof reorganisationView>;
export const reorganisationPage = z.object({ items: z.array(reorganisationView), nextCursor: z.string().nullable() });
export type ReorganisationPage = z.infer<typeof reorganisationPage>;

/** A department as it would stand, for the editor: with everything that an operation can change. */
export const plannedDepartmentView = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  kind: z.enum(DEPARTMENT_KINDS),
  name: z.string(),
  nameEn: z.string(),
  code: z.string(),
  abbreviation: z.string(),
  /** Those who would have a place in it itself. */
  peopleCount: z.number(),
});
export type PlannedDepartmentView = z.infer<typeof plannedDepartmentView>;

export const TURNS = ["CREATED", "RENAMED", "MOVED", "CLOSED"] as const;
const standing = z.object({
  name: z.string(),
  nameEn: z.string(),
  code: z.string(),
  parent: z.string().nullable(),
  parentEn: z.string().nullable(),
});

export const reorganisationPreview = z.object({
  /** The tree as it would be, parents before children; as it is, where a step can't be done. */
  departments: z.array(plannedDepartmentView),
  changes: z.array(z.object({ id: z.string(), turns: z.array(z.enum(TURNS)), before: standing.nullable(), after: standing })),
  /** Those whose places change. */
  movedPeople: z.number(),
  consequences: z.array(consequenceView),
  /** The first step that can't be done, counted from 0, and the code of the error that says why. */
  fault: z.object({ at: z.number(), code: z.string() }).nullable(),
});
export type ReorganisationPreview = z.infer<typeof reorganisationPreview>;
