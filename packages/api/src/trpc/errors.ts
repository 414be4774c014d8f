import { isDatabaseDown } from "@maru/db/client";
import { AppError, type ErrorKind, isAppError } from "@maru/platform/errors";
import { TRPCError } from "@trpc/server";
import { z } from "zod";

/** Exhaustive: a kind without a tRPC code does not compile. */
export const TRPC_CODE: Readonly<Record<ErrorKind, TRPCError["code"]>> = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
};

const codeForTrpc: Partial<Record<TRPCError["code"], [ErrorKind, string]>> = {
  BAD_REQUEST: ["invalid", "common.invalidInput"],
  PARSE_ERROR: ["invalid", "common.invalidInput"],
  UNAUTHORIZED: ["unauthenticated", "common.signInRequired"],
  FORBIDDEN: ["forbidden", "common.forbidden"],
  NOT_FOUND: ["not_found", "common.notFound"],
  METHOD_NOT_SUPPORTED: ["invalid", "common.methodNotSupported"],
  PAYLOAD_TOO_LARGE: ["invalid", "common.tooLarge"],
  UNSUPPORTED_MEDIA_TYPE: ["invalid", "common.unsupportedMediaType"],
  TOO_MANY_REQUESTS: ["rate_limited", "common.rateLimited"],
};

/** The faults of an input, a field each: `[{ field: "title", message: "too_small" }]`; the message is zod's code, put into words by the reader's catalogue. */
const fieldFaults = (error: z.ZodError) =>
  error.issues.map((issue) => ({ field: issue.path.map(String).join("."), message: issue.code ?? "invalid" }));

/**
 * What an error is to the person who made the request. Null means that nobody was told to expect it: the answer is then a constant and the
 * request id, and the log gets the error.
 */
export const toAppError = (error: unknown): AppError | null => {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (isAppError(cause)) return cause;
  if (isDatabaseDown(cause)) return new AppError("unavailable", "common.databaseDown");
  if (cause instanceof z.ZodError && error instanceof TRPCError && error.code === "BAD_REQUEST") {
    return new AppError("invalid", "common.invalidInput", { fields: fieldFaults(cause) });
  }
  const known = error instanceof TRPCError ? codeForTrpc[error.code] : undefined;
  return known ? new AppError(...known) : null;
};

/** A refusal as tRPC throws it, for what is refused before any procedure runs. */
export const toTrpcError = (error: AppError): TRPCError =>
  new TRPCError({ code: TRPC_CODE[error.kind], message: error.code, cause: error });
