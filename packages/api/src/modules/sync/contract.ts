import { defineErrors } from "@maru/platform/errors";
import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { ITEM_ACTIONS, ITEM_STATUSES, ITEM_TARGETS, runView } from "./contract/runs";

export * from "./contract/differences";
export * from "./contract/files";
export * from "./contract/runs";

export const syncPermissions = ["sync.manage"] as const;

export const syncErrors = defineErrors("sync", {
  sourceNotFound: "not_found",
  runNotFound: "not_found",
  nameTaken: "conflict",
  /** Somebody else has saved the source meanwhile. */
  sourceChanged: "conflict",
  /** The password would go to another server than the one that it was typed for. */
  passwordNeeded: "conflict",
  runUnderWay: "conflict",
  /** Files are read in by those who have them. */
  sourceHasNoServer: "conflict",
  notWaiting: "conflict",
  /** Not the number that waits. */
  countWrong: "conflict",
  runFinished: "conflict",
  itemNotFound: "not_found",
  /** Nothing that linking somebody would settle. */
  itemNotSettled: "conflict",
  /** She has none of the names that the entry shall have. */
  personNotClaimant: "conflict",
  /** Some directory speaks of her already. */
  personLinked: "conflict",
  /** Her account has rights that take two administrators: no directory vouches for it because one wants it to. */
  personProtected: "forbidden",
  /** A newer run of the source may say something else. */
  runNotNewest: "conflict",
  /** Watched already, too old, or somebody else's. */
  testNotFound: "not_found",
  departmentUnknown: "invalid",
  roleUnknown: "invalid",
  importNotFound: "not_found",
  /** Neither text nor a workbook: nothing that has rows. */
  fileNotTable: "invalid",
  /** The file has not been looked into yet, or can't be read. */
  importNotReadable: "conflict",
  /** Other columns than those of the file. */
  columnsWrong: "invalid",
  /** What was shown is not what would be done now. */
  importOutdated: "conflict",
  importNotPreviewed: "conflict",
  importApplied: "conflict",
  importNotApplied: "conflict",
  filterInvalid: "invalid",
  /** Not PEM certificates. */
  authorityInvalid: "invalid",
  /** The password would travel for everybody to read. */
  encryptionNeeded: "invalid",
});

/** What a source may say about a person; a field that is not mapped stays as it is in Maru. */
export const PERSON_FIELDS = [
  "username",
  "name",
  "nameEn",
  "employeeNo",
  "email",
  "phone",
  "mobile",
  "rank",
  "position",
  "title",
  "department",
] as const;

const line = (max: number) => z.string().trim().min(1).max(max).refine(isStorable);
const attribute = z
  .string()
  .trim()
  .regex(/^[a-zA-Z][a-zA-Z0-9;-]{0,63}$/)
  .nullable();

export const DEPARTMENTS_FROM = ["NONE", "OU", "ATTRIBUTE", "BOTH"] as const;
/** What of an entry means what. An attribute of null is not looked at: that field stays as it is in Maru. */
export const sourceMapping = z.strictObject({
  attributes: z.strictObject({
    ...(Object.fromEntries(PERSON_FIELDS.map((field) => [field, attribute.default(null)])) as Record<
      (typeof PERSON_FIELDS)[number],
      z.ZodDefault<typeof attribute>
    >),
    manager: attribute.default(null),
    /** `thumbnailPhoto`, `jpegPhoto`. */
    photo: attribute.default(null),
  }),
  departmentsFrom: z.enum(DEPARTMENTS_FROM).default("NONE"),
  /** Units that stand for a department of Maru; null: for none, whoever is in it belongs to what is above. */
  units: z
    .array(z.strictObject({ dn: line(1_000), departmentId: z.uuid().nullable() }))
    .max(500)
    .default([]),
  /** Whose members, and members' members, hold a role. */
  groups: z
    .array(z.strictObject({ dn: line(1_000), roleId: z.uuid() }))
    .max(200)
    .default([]),
});
export type SourceMapping = z.output<typeof sourceMapping>;

export const SOURCE_KINDS = ["AD", "OPENLDAP"] as const;
/** A name, not a path: what to read is said below. */
const url = z
  .string()
  .trim()
  .max(300)
  .regex(/^ldaps?:\/\/[a-zA-Z0-9.-]+(?::\d{1,5})?$/);

const settings = {
  kind: z.enum(SOURCE_KINDS),
  name: line(100),
  url,
  startTls: z.boolean().default(false),
  ca: z.string().trim().max(20_000).refine(isStorable).nullable().default(null),
  bindDn: line(1_000),
  /** Write-only. Left out: the one that is kept. */
  password: z.string().min(1).max(500).refine(isStorable).optional(),
  baseDn: line(1_000),
  filter: line(2_000),
  mapping: sourceMapping,
  rootDepartmentId: z.uuid().nullable().default(null),
  isEnabled: z.boolean().default(false),
  deltaMinutes: z.int().min(1).max(1_440).nullable().default(15),
  fullAtMinute: z.int().min(0).max(1_439).nullable().default(120),
};

export const saveSourceInput = z.strictObject({
  ...settings,
  /** Null makes a new one. */
  id: z.uuid().nullable().default(null),
  /** What was on the page; of two who save at once, one is told. */
  version: z.int().min(0).max(1_000_000).default(0),
});
export type SaveSourceInput = z.output<typeof saveSourceInput>;
/** REST knows one source, the first: it is made where there is none. */
export const saveConfigInput = z.strictObject(settings);
export type SaveConfigInput = z.output<typeof saveConfigInput>;

/** The settings as they stand on the page, saved or not; of a saved source, its password where none is typed. */
export const testSourceInput = z.strictObject({
  id: z.uuid().nullable().default(null),
  kind: settings.kind,
  url: settings.url,
  startTls: settings.startTls,
  ca: settings.ca,
  bindDn: settings.bindDn,
  password: settings.password,
  baseDn: settings.baseDn,
  filter: settings.filter,
  mapping: settings.mapping,
});
export type TestSourceInput = z.output<typeof testSourceInput>;

export const TEST_STAGES = ["name", "tcp", "tls", "startTls", "bind", "server", "base", "filter", "mapping"] as const;
/** One entry as the mapping reads it; `verdict` is what a run would do with it. */
const sampleView = z.object({
  dn: z.string(),
  fields: z.record(z.string(), z.string().nullable()),
  verdict: z.enum(["create", "update", "deactivate", "unchanged", "conflict", "ignored"]),
  error: z.string().nullable(),
});
export type SampleView = z.infer<typeof sampleView>;
export const stageView = z.object({
  stage: z.enum(TEST_STAGES),
  state: z.enum(["passed", "failed", "skipped"]),
  /** Why it failed: a code of platform/ldap. */
  code: z.string().nullable(),
  ms: z.number(),
  /** What was seen on the way: the certificate, the server, how many entries. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])),
});
export type StageView = z.infer<typeof stageView>;
export const testView = z.object({
  isPassed: z.boolean(),
  stages: z.array(stageView),
  samples: z.array(sampleView),
});
export type TestView = z.infer<typeof testView>;

export const testTicketView = z.object({ ticket: z.string() });
export type TestTicketView = z.infer<typeof testTicketView>;
/** It stands in an address: it opens one test, once, within a minute, for the session that has asked for it. */
export const watchTestInput = z.strictObject({ ticket: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
/** A stage that is done; the last one has the entries that were looked at. */
export const testStepView = z.object({ stage: stageView, samples: z.array(sampleView) });
export type TestStepView = z.infer<typeof testStepView>;

export const sourceIdInput = z.strictObject({ id: z.uuid() });

export const sourceView = z.object({
  id: z.string(),
  kind: z.enum(["AD", "OPENLDAP", "FILE"]),
  name: z.string(),
  url: z.string().nullable(),
  startTls: z.boolean(),
  ca: z.string().nullable(),
  bindDn: z.string().nullable(),
  /** The password itself is never shown. */
  hasPassword: z.boolean(),
  baseDn: z.string().nullable(),
  filter: z.string().nullable(),
  mapping: sourceMapping,
  rootDepartmentId: z.string().nullable(),
  isEnabled: z.boolean(),
  deltaMinutes: z.number().nullable(),
  fullAtMinute: z.number().nullable(),
  nextDeltaAt: z.string().nullable(),
  nextFullAt: z.string().nullable(),
  /** Nobody has looked yet at what these settings would do. */
  needsPreview: z.boolean(),
  linkedPeople: z.number(),
  version: z.number(),
  updatedAt: z.string(),
});
export type SourceView = z.infer<typeof sourceView>;
export const configView = z.object({ source: sourceView.nullable() });
export type ConfigView = z.infer<typeof configView>;
export const statusView = z.object({ source: sourceView.nullable(), run: runView.nullable() });
export type StatusView = z.infer<typeof statusView>;

export const startRunInput = z.strictObject({
  /** Left out: the first source. */
  sourceId: z.uuid().optional(),
  isDryRun: z.boolean().default(true),
  isFull: z.boolean().default(true),
});
export type StartRunInput = z.output<typeof startRunInput>;
export const runIdInput = z.strictObject({ id: z.uuid() });
export const approveRunInput = z.strictObject({ id: z.uuid(), count: z.int().min(0).max(10_000_000) });
export type ApproveRunInput = z.output<typeof approveRunInput>;

export const listRunsInput = z.strictObject({
  sourceId: z.uuid().optional(),
  cursor: z.uuid().optional(),
  limit: z.int().min(1).max(100).default(20),
});
export type ListRunsInput = z.output<typeof listRunsInput>;
export const runPage = z.object({ items: z.array(runView), nextCursor: z.string().nullable() });
export type RunPage = z.infer<typeof runPage>;

export const listItemsInput = z.strictObject({
  runId: z.uuid(),
  target: z.enum(ITEM_TARGETS).optional(),
  action: z.enum(ITEM_ACTIONS).optional(),
  status: z.enum(ITEM_STATUSES).optional(),
  /** Those that wait for approval alone. */
  isHeld: z.boolean().optional(),
  q: z.string().trim().max(100).refine(isStorable).optional(),
  cursor: z.int().min(0).max(2_000_000_000).optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListItemsInput = z.output<typeof listItemsInput>;

/** As much as a spreadsheet is still opened for; narrower filters give the rest. */
export const MAX_EXPORTED_ITEMS = 20_000;
export const exportItemsInput = listItemsInput.omit({ cursor: true, limit: true }).extend({ locale: z.enum(["ko", "en"]).default("ko") });
export type ExportItemsInput = z.output<typeof exportItemsInput>;
/** `isCut`: there was more than one export may hold. */
export const exportedItemsView = z.object({ fileName: z.string(), csv: z.string(), count: z.number(), isCut: z.boolean() });
export type ExportedItemsView = z.infer<typeof exportedItemsView>;

export const linkPersonInput = z.strictObject({ runId: z.uuid(), seq: z.int().min(0).max(2_000_000_000), personId: z.uuid() });
export type LinkPersonInput = z.output<typeof linkPersonInput>;
export const doneView = z.object({ done: z.literal(true) });
