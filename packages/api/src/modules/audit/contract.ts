import { defineErrors } from "@maru/platform/errors";
import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { personView } from "../directory/contract";

export const auditPermissions = ["audit.read", "audit.export"] as const;

export const auditErrors = defineErrors("audit", { entryNotFound: "not_found", cursorInvalid: "invalid", periodInvalid: "invalid" });

/** The most that one export holds; who needs more exports one period after the other. */
export const MAX_EXPORTED = 20_000;

/** Actions and kinds of records are written in code: lower case, parts joined by dots and hyphens. */
const codeName = z
  .string()
  .regex(/^[a-z][a-z.-]*$/)
  .max(80);
// PostgreSQL's calendar has no year 0.
const moment = z.iso.datetime().refine((text) => !text.startsWith("0000"));
const filters = {
  /** From this moment on. */
  from: moment.optional(),
  /** Before this moment. */
  to: moment.optional(),
  actorId: z.uuid().optional(),
  /** How the action begins: `board` finds everything about boards, `identity.account` all about accounts. */
  action: codeName.optional(),
  subjectType: codeName.optional(),
  subjectId: z.string().min(1).max(200).refine(isStorable).optional(),
};
export const entryFilters = z.strictObject(filters);
export type EntryFilters = z.output<typeof entryFilters>;

export const listEntriesInput = entryFilters.extend({
  cursor: z.string().min(1).max(200).optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListEntriesInput = z.output<typeof listEntriesInput>;

/** `system` is Maru itself, `stranger` somebody who had not signed in, `unknown` a person who is not known any more. */
export const ACTOR_KINDS = ["person", "system", "stranger", "unknown"] as const;

export const entryView = z.object({
  id: z.string(),
  /** Its number in the sealed log; null until it is sealed, a few seconds after it was written. */
  seq: z.number().nullable(),
  at: z.string(),
  actorKind: z.enum(ACTOR_KINDS),
  actor: personView.nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  /** What the record is called now, where it has a name that the log's readers know. */
  subjectName: z.object({ name: z.string(), nameEn: z.string().nullable() }).nullable(),
});
export type EntryView = z.infer<typeof entryView>;
export const entryPageView = z.object({ items: z.array(entryView), nextCursor: z.string().nullable() });
export type EntryPageView = z.infer<typeof entryPageView>;

export const getEntryInput = z.strictObject({ id: z.uuid() });
/** A field that the action changed; null where there was nothing before, or is nothing after. */
export const changeView = z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() });
export type ChangeView = z.infer<typeof changeView>;
export const entryDetailView = entryView.extend({
  sealedAt: z.string().nullable(),
  requestId: z.string().nullable(),
  changes: z.array(changeView),
  /** What else the entry tells, a field each. */
  facts: z.array(z.object({ field: z.string(), value: z.string() })),
});
export type EntryDetailView = z.infer<typeof entryDetailView>;

export const exportEntriesInput = entryFilters.extend({ reason: z.string().trim().min(5).max(500).refine(isStorable) });
export type ExportEntriesInput = z.output<typeof exportEntriesInput>;
/** `isCut`: there was more than one export may hold. */
export const exportedView = z.object({ fileName: z.string(), csv: z.string(), count: z.number(), isCut: z.boolean() });
export type ExportedView = z.infer<typeof exportedView>;

/**
 * What a verification can find. `altered`: the entry or its seal is not what was sealed, or was put at the end. `deleted`: it is gone.
 * `inserted`: it was put between others. `swapped`: two have changed places. `cut`: what an anchor has seen is gone or was replaced.
 * `backdated`: written long after the time that it tells. `unsealed`: it waits for its seal for more than a minute. `checkpoint`: the record of
 * what retention took away is forged. `key`: nothing at all was sealed with this installation's secret.
 */
export const FINDING_KINDS = ["altered", "deleted", "inserted", "swapped", "cut", "backdated", "unsealed", "checkpoint", "key"] as const;
export const finding = z.object({
  kind: z.enum(FINDING_KINDS),
  /** The number in the log; null where it never had one. */
  seq: z.number().nullable(),
  /** The last number of a range, or the other one of two that were swapped. */
  toSeq: z.number().nullable(),
  entryId: z.string().nullable(),
});
export type Finding = z.infer<typeof finding>;

export const verificationView = z.object({
  startedAt: z.string(),
  finishedAt: z.string(),
  checked: z.number(),
  lastSeq: z.number(),
  findingCount: z.number(),
  /** The first of them. */
  findings: z.array(finding),
});
export type VerificationView = z.infer<typeof verificationView>;

export const stateView = z.object({
  lastSeq: z.number(),
  unsealed: z.number(),
  lastAnchor: z.object({ seq: z.number(), at: z.string() }).nullable(),
  lastVerification: verificationView.nullable(),
});
export type StateView = z.infer<typeof stateView>;

export const requestedView = z.object({ requestedAt: z.string() });
