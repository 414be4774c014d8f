import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { ITEM_STATUSES, itemView, runView } from "./runs";

/** What a column of a file may say about a person. The employee number says of whom. */
export const FILE_FIELDS = [
  "employeeNo",
  "name",
  "nameEn",
  "department",
  "rank",
  "position",
  "title",
  "email",
  "phone",
  "mobile",
  "manager",
] as const;
export type FileField = (typeof FILE_FIELDS)[number];

/** How a department is named in a file, from the top: 본사 > 개발본부 > 개발1팀. */
export const PATH_SEPARATOR = " > ";
export const MAX_FILE_COLUMNS = 100;
/** How long the file with the people of the organisation is kept, and how long a file that was read in. */
export const PEOPLE_EXPORT_KEPT_MS = 7 * 86_400_000;
export const IMPORT_KEPT_MS = 90 * 86_400_000;

const columnView = z.object({
  name: z.string(),
  /** The first cells that are not empty. */
  samples: z.array(z.string()),
  /** What its name sounds like. */
  guess: z.enum(FILE_FIELDS).nullable(),
});
/** What the worker has found in a file. */
export const foundView = z.object({
  format: z.enum(["CSV", "XLSX"]),
  encoding: z.enum(["utf-8", "utf-16le", "cp949"]).nullable(),
  hasMark: z.boolean(),
  delimiter: z.string().nullable(),
  columns: z.array(columnView),
  rowCount: z.number(),
});
export type Found = z.infer<typeof foundView>;

export const startImportInput = z.strictObject({ fileId: z.uuid() });
export const importIdInput = z.strictObject({ id: z.uuid() });
const field = z.enum(FILE_FIELDS).nullable();
export const previewImportInput = z.strictObject({
  id: z.uuid(),
  /** What each column means, in their order; null for one that is not read. The employee number is named, and nothing twice. */
  fields: z
    .array(field)
    .min(1)
    .max(MAX_FILE_COLUMNS)
    .refine((fields) => fields.includes("employeeNo"))
    .refine((fields) => {
      const named = fields.filter((one) => one !== null);
      return new Set(named).size === named.length;
    }),
});
export type PreviewImportInput = z.output<typeof previewImportInput>;

export const importView = z.object({
  id: z.string(),
  fileName: z.string(),
  uploadedAt: z.string(),
  /** Null until the worker has looked into the file. */
  found: foundView.nullable(),
  /** Why nothing of it can be read, and at which row. */
  fault: z.string().nullable(),
  faultRow: z.number().nullable(),
  fields: z.array(field).nullable(),
  preview: runView.nullable(),
  run: runView.nullable(),
  undo: runView.nullable(),
  /** Under `/files/{id}`: the rows that can't be taken in. */
  errorFileId: z.string().nullable(),
  can: z.object({ preview: z.boolean(), apply: z.boolean(), undo: z.boolean() }),
});
export type ImportView = z.infer<typeof importView>;
export const listImportsInput = z.strictObject({ cursor: z.uuid().optional(), limit: z.int().min(1).max(50).default(20) });
export type ListImportsInput = z.output<typeof listImportsInput>;
export const importPage = z.object({ items: z.array(importView), nextCursor: z.string().nullable() });
export type ImportPage = z.infer<typeof importPage>;

export const listImportItemsInput = z.strictObject({
  id: z.uuid(),
  step: z.enum(["preview", "run", "undo"]),
  status: z.enum(ITEM_STATUSES).optional(),
  cursor: z.int().min(0).max(2_000_000_000).optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListImportItemsInput = z.output<typeof listImportItemsInput>;
/** `error` names one problem, or several of the row's cells: `email.invalid rank.unknown`. */
export const importItemPage = z.object({
  items: z.array(itemView.extend({ row: z.number().nullable() })),
  nextCursor: z.number().nullable(),
});
export type ImportItemPage = z.infer<typeof importItemPage>;

const text = (max: number) => z.string().trim().min(1).max(max).refine(isStorable);
export const FILE_FORMATS = ["CSV", "XLSX"] as const;
/** Which people: all who work here, or those of a department and what is below it, or those whose name or number begins so. */
export const exportFilter = z.strictObject({ departmentId: z.uuid().optional(), q: text(50).optional() });
export type ExportFilter = z.output<typeof exportFilter>;
export const requestPeopleExportInput = exportFilter.extend({
  format: z.enum(FILE_FORMATS).default("XLSX"),
  /** Stands in the log beside the name of whoever asks. */
  reason: z.string().trim().min(5).max(500).refine(isStorable),
});
export type RequestPeopleExportInput = z.output<typeof requestPeopleExportInput>;
export const peopleExportView = z.object({
  /** `NONE`: nothing was ever asked for. */
  state: z.enum(["NONE", "PENDING", "READY", "FAILED", "EXPIRED"]),
  format: z.enum(FILE_FORMATS).nullable(),
  requestedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  done: z.number(),
  total: z.number(),
  sizeBytes: z.number(),
  fileId: z.string().nullable(),
});
export type PeopleExportView = z.infer<typeof peopleExportView>;
