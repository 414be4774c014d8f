import { type AppError, HTTP_STATUS } from "@maru/platform/errors";
import { type Language, messageOf } from "./messages";
import type { ListShape } from "./routes";

export const REST_VERSION = "v1";

/** Codes whose HTTP status says more than their kind does. */
const STATUS: Readonly<Record<string, number>> = {
  "common.tooLarge": 413,
  "common.unsupportedMediaType": 415,
  "common.methodNotSupported": 405,
  "files.tooLarge": 413,
  "files.typeNotAllowed": 415,
  "files.rangeNotSatisfiable": 416,
  "files.storageFull": 507,
};

/** What nobody was told to expect: a constant, and the request id in the envelope. */
export const UNEXPECTED = "common.unexpected";

export const restStatusOf = (error: AppError | null): number => (error ? (STATUS[error.code] ?? HTTP_STATUS[error.kind]) : 500);

const metaOf = (requestId: string): string =>
  `{"timestamp":"${new Date().toISOString()}","version":"${REST_VERSION}","requestId":${JSON.stringify(requestId)}}`;

type Page = { readonly items: unknown; readonly nextCursor?: string | null; readonly page?: unknown };

/** A success as text: lists become an array with their pagination beside it. */
export const successEnvelope = (result: unknown, listShape: ListShape, requestId: string): string => {
  const meta = metaOf(requestId);
  if (listShape === "none") return `{"success":true,"data":${JSON.stringify(result ?? null)},"meta":${meta}}`;
  const { items, nextCursor, page } = result as Page;
  const pagination = listShape === "cursor" ? { nextCursor: nextCursor ?? null } : page;
  return `{"success":true,"data":${JSON.stringify(items)},"pagination":${JSON.stringify(pagination)},"meta":${meta}}`;
};

type FieldFault = { readonly field: string; readonly message: string };
const fieldsOf = (error: AppError): readonly FieldFault[] =>
  Array.isArray(error.details.fields) ? (error.details.fields as FieldFault[]) : [];

/** A failure as text, in the reader's language. Null is the unexpected. */
export const failureEnvelope = (error: AppError | null, language: Language, requestId: string): string => {
  const code = error?.code ?? UNEXPECTED;
  const details = error
    ? fieldsOf(error).map(({ field, message }) => ({ field, message: messageOf(language, `fields.${message}`, "fields.invalid") }))
    : [];
  return JSON.stringify({
    success: false,
    error: { code, message: messageOf(language, code, UNEXPECTED), details },
    meta: JSON.parse(metaOf(requestId)) as unknown,
  });
};
