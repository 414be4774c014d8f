/** A refusal in the shape that useErrorText reads. */
export type SignInFailure = {
  readonly data: {
    readonly httpStatus: number;
    readonly app: { readonly code: string; readonly details: Readonly<Record<string, number>> };
  };
};

/**
 * Reads the one text that next-auth carries to its page. The contract of identity writes it, and reads it too; but with the contract come its
 * schemas, a third of what this first page of all would weigh. A test compares the two readers.
 */
export const signInFailureOf = (text: string): SignInFailure => {
  const [, code = "common.unexpected", seconds] = /^([a-z]+\.[a-zA-Z]+)(?::(\d{1,6}))?$/.exec(text) ?? [];
  return { data: { httpStatus: 401, app: { code, details: seconds === undefined ? {} : { retryAfterSeconds: Number(seconds) } } } };
};
