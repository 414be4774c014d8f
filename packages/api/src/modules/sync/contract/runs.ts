import { z } from "zod";

/** Why a run waits for approval. */
export const HOLD_REASONS = [
  "deactivations",
  "roleRemovals",
  "renames",
  "photoRemovals",
  "nothingRead",
  "lastAdministrator",
  "scopeChanged",
] as const;

export const RUN_STATES = [
  "QUEUED",
  "READING",
  "PLANNED",
  "WAITING_APPROVAL",
  "APPLYING",
  "LINKING",
  "DONE",
  "FAILED",
  "CANCELLED",
] as const;
export type RunState = (typeof RUN_STATES)[number];
/** States in which a run still goes on by itself. */
export const UNDER_WAY = ["QUEUED", "READING", "PLANNED", "APPLYING", "LINKING"] as const satisfies readonly (typeof RUN_STATES)[number][];

export const ITEM_TARGETS = ["DEPARTMENT", "PERSON", "MANAGER", "ROLE", "PHOTO"] as const;
export const ITEM_ACTIONS = ["CREATE", "UPDATE", "DEACTIVATE", "REACTIVATE", "MARK_MISSING", "FOUND", "CLOSE", "GRANT", "REVOKE"] as const;
export const ITEM_STATUSES = ["PLANNED", "APPLIED", "SKIPPED", "FAILED", "CONFLICT"] as const;

export const PHASES = ["reading", "planning", "applying", "linking", "photos"] as const;
export type PhaseName = (typeof PHASES)[number];
const phaseView = z.object({ name: z.enum(PHASES), ms: z.number(), count: z.number() });
const holdView = z.object({ reason: z.enum(HOLD_REASONS), count: z.number(), of: z.number() });
export const runView = z.object({
  id: z.string(),
  sourceId: z.string(),
  sourceName: z.string(),
  sourceKind: z.enum(["AD", "OPENLDAP", "FILE"]),
  state: z.enum(RUN_STATES),
  isFull: z.boolean(),
  isDryRun: z.boolean(),
  /** Takes back what a file has brought. */
  isUndo: z.boolean(),
  requestedById: z.string().nullable(),
  requestedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  approvedById: z.string().nullable(),
  phases: z.array(phaseView),
  /** Planned items, by `target.action`. */
  counts: z.record(z.string(), z.number()),
  /** Of what it does now: how much, of how much. */
  done: z.number(),
  total: z.number(),
  /** Why it waits, and how many items do: whoever approves types that number. */
  held: z.array(holdView),
  heldCount: z.number(),
  failure: z.string().nullable(),
  failureDetail: z.string().nullable(),
  can: z.object({ approve: z.boolean(), cancel: z.boolean() }),
});
export type RunView = z.infer<typeof runView>;

/** Somebody of Maru whom no directory knows, and who has a name that an entry shall have. */
const claimantView = z.object({
  personId: z.string(),
  name: z.string(),
  username: z.string().nullable(),
  departmentName: z.string().nullable(),
  /** Which of her names the entry has as well. */
  by: z.array(z.enum(["username", "email", "employeeNo"])),
});
export type ClaimantView = z.infer<typeof claimantView>;

const values = z.record(z.string(), z.string().nullable()).nullable();
export const itemView = z.object({
  seq: z.number(),
  target: z.enum(ITEM_TARGETS),
  action: z.enum(ITEM_ACTIONS),
  externalId: z.string(),
  label: z.string(),
  personId: z.string().nullable(),
  departmentId: z.string().nullable(),
  /** Ids of managers and departments stand beside their names. */
  before: values,
  after: values,
  status: z.enum(ITEM_STATUSES),
  isHeld: z.boolean(),
  error: z.string().nullable(),
  /** With whom somebody may link the entry of this conflict now. */
  claimants: z.array(claimantView),
});
export type ItemView = z.infer<typeof itemView>;
export const itemPage = z.object({ items: z.array(itemView), nextCursor: z.number().nullable() });
export type ItemPage = z.infer<typeof itemPage>;
