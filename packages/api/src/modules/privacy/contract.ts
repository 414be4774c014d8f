import { defineErrors } from "@maru/platform/errors";
import { isStorable } from "@maru/platform/rich-text";
import { z } from "zod";
import { personView } from "../directory/contract";

export const privacyPermissions = ["privacy.manage-documents", "privacy.read-erasures"] as const;

export const privacyErrors = defineErrors("privacy", {
  documentNotFound: "not_found",
  /** There is a newer version than the one that was shown. */
  documentReplaced: "conflict",
  /** Maru can't be used without it. */
  consentRequired: "conflict",
  consentNotFound: "not_found",
});

/** How long the file of an export is kept. */
export const EXPORT_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** `NONE`: nothing was ever asked for. A `PENDING` one is waiting for the worker, or being made. */
export const EXPORT_STATES = ["NONE", "PENDING", "READY", "FAILED", "EXPIRED"] as const;
export const exportView = z.object({
  state: z.enum(EXPORT_STATES),
  requestedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  /** Parts that are done, of how many; a part is what one area of Maru knows. */
  partsDone: z.number(),
  partCount: z.number(),
  entryCount: z.number(),
  sizeBytes: z.number(),
  /** The file, under `/files/{id}`; null unless it is ready. */
  fileId: z.string().nullable(),
});
export type ExportView = z.infer<typeof exportView>;

export const DOCUMENT_KINDS = ["TERMS", "PRIVACY", "NEWS"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

const documentText = {
  title: z.string(),
  titleEn: z.string(),
  body: z.string(),
  bodyEn: z.string(),
};
const documentFacts = {
  id: z.string(),
  kind: z.enum(DOCUMENT_KINDS),
  version: z.number(),
  isRequired: z.boolean(),
  publishedAt: z.string(),
};

/** The version that holds now, and since when the person has agreed to it. */
export const consentView = z.object({ ...documentFacts, ...documentText, givenAt: z.string().nullable() });
export type ConsentView = z.infer<typeof consentView>;
export const pastConsentView = z.object({
  kind: z.enum(DOCUMENT_KINDS),
  version: z.number(),
  title: z.string(),
  titleEn: z.string(),
  givenAt: z.string(),
  withdrawnAt: z.string().nullable(),
});
export const consentsView = z.object({
  documents: z.array(consentView),
  /** Everything that the person has ever agreed to, the latest first. */
  history: z.array(pastConsentView),
});
export type ConsentsView = z.infer<typeof consentsView>;

export const giveConsentsInput = z.strictObject({ documentIds: z.array(z.uuid()).min(1).max(10) });
export const documentIdInput = z.strictObject({ id: z.uuid() });
export const consentDoneView = z.object({ done: z.literal(true) });

const MAX_BODY_LENGTH = 50_000;
const title = z.string().trim().min(1).max(100).refine(isStorable);
const body = z.string().trim().min(1).max(MAX_BODY_LENGTH).refine(isStorable);
export const publishDocumentInput = z.strictObject({
  kind: z.enum(DOCUMENT_KINDS),
  /** The version that was on the page when this was written; 0 where there was none. */
  baseVersion: z.int().min(0).max(100_000),
  isRequired: z.boolean(),
  title,
  titleEn: title,
  body,
  bodyEn: body,
});
export type PublishDocumentInput = z.output<typeof publishDocumentInput>;

/** A version as administrators see it: how many have agreed, and have not taken it back. */
export const documentView = z.object({ ...documentFacts, ...documentText, consentCount: z.number() });
export type DocumentView = z.infer<typeof documentView>;

export const listErasuresInput = z.strictObject({ cursor: z.uuid().optional(), limit: z.int().min(1).max(100).default(20) });
export type ListErasuresInput = z.output<typeof listErasuresInput>;
export const erasureView = z.object({
  id: z.string(),
  accountId: z.string(),
  requestedAt: z.string().nullable(),
  requestedBy: personView.nullable(),
  /** Under this id the request stands in the log. */
  requestId: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** What each module has removed, by table. */
  steps: z.array(z.object({ module: z.string(), counts: z.record(z.string(), z.number()), finishedAt: z.string().nullable() })),
});
export type ErasureView = z.infer<typeof erasureView>;
export const erasurePage = z.object({ items: z.array(erasureView), nextCursor: z.string().nullable() });
export type ErasurePage = z.infer<typeof erasurePage>;
