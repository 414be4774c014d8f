/** The kinds of failure are few and closed: adapters map each of them once, and an unknown kind does not compile. */
export const ERROR_KINDS = ["invalid", "unauthenticated", "forbidden", "not_found", "conflict", "rate_limited", "unavailable"] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];
export type ErrorDetails = Readonly<Record<string, unknown>>;

// A brand, because `instanceof` lies once a package has been bundled twice.
const brand = Symbol.for("maru.AppError");

/** A failure that a person may be told of: `code` is `<module>.<camelCase>` and stands in the message catalogues, `details` are safe to show. */
export class AppError extends Error {
  readonly [brand] = true;
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: ErrorDetails;

  constructor(kind: ErrorKind, code: string, details: ErrorDetails = {}) {
    super(code);
    this.name = "AppError";
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

export const isAppError = (error: unknown): error is AppError => typeof error === "object" && error !== null && brand in error;

type ErrorFactories<Codes> = { readonly [Code in keyof Codes & string]: (details?: ErrorDetails) => AppError };

/** One factory per code: `defineErrors("board", { postLocked: "conflict" }).postLocked({ postId })` is an AppError `board.postLocked`. */
export const defineErrors = <Module extends string, const Codes extends Record<string, ErrorKind>>(
  module: Module,
  codes: Codes,
): ErrorFactories<Codes> =>
  Object.fromEntries(
    Object.entries(codes).map(([code, kind]) => [code, (details?: ErrorDetails) => new AppError(kind, `${module}.${code}`, details)]),
  ) as ErrorFactories<Codes>;

/** The HTTP status of a kind, the same at every door. */
export const HTTP_STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  unavailable: 503,
};
