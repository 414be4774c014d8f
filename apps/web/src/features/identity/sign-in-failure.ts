/** A refusal in the shape that useErrorText reads. */
export type SignInFailure = {
  readonly data: {
    readonly httpStatus: number;
    readonly app: { readonly code: string; readonly details: Readonly<Record<string, number>> };
  };
  /** How a half sign-in goes on. */
  readonly half: HalfSignIn | null;
};
export type HalfSignIn = { readonly challenge: string; readonly methods: readonly string[] };

/**
 * Reads the one text that next-auth carries to its page. The contract of identity writes it, and reads it too; but with the contract come its
 * schemas, a third of what this first page of all would weigh. A test compares the two readers.
 */
export const signInFailureOf = (text: string): SignInFailure => {
  const [, code = "common.unexpected", seconds, challenge, methods = ""] =
    /^([a-z]+\.[a-zA-Z]+)(?::(\d{1,6})|~([\w-]{20,100})~([a-z+]{1,40}))?$/.exec(text) ?? [];
  const details: Record<string, number> = seconds === undefined ? {} : { retryAfterSeconds: Number(seconds) };
  const half = challenge === undefined ? null : { challenge, methods: methods.split("+") };
  return { data: { httpStatus: 401, app: { code, details } }, half };
};
