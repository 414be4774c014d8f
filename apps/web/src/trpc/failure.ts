/** What every refusal of the API carries, whatever went wrong with the rest of the answer. */
export type Failure = {
  /** The code that stands in the catalogues, or null where nobody was told to expect the error. */
  readonly code: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
  readonly httpStatus: number | null;
};

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown) => (typeof value === "string" && value.length > 0 ? value : null);

/** Reads an error of tRPC, of a lost connection, or of anything else that a query may throw. */
export const failureOf = (error: unknown): Failure => {
  const data = record(record(error).data);
  const app = record(data.app);
  return {
    code: text(app.code),
    details: record(app.details),
    requestId: text(data.requestId),
    httpStatus: typeof data.httpStatus === "number" ? data.httpStatus : null,
  };
};

/** True when no answer came at all: the server is away, or the network is. */
export const isConnectionLost = (error: unknown) => failureOf(error).httpStatus === null;

/** What may pass by itself: no answer, a server that is just restarting, an internal error. Never what the request itself is at fault for. */
export const mayPass = (error: unknown) => {
  const { httpStatus } = failureOf(error);
  return httpStatus === null || httpStatus >= 500;
};
