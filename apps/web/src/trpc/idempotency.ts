import type { AppRouter } from "@maru/api";
import type { TRPCLink } from "@trpc/client";

/** Where a mutation's key lies in the context of its operation. */
const CONTEXT_KEY = "idempotencyKey";

/** 128 random bits as hex. `crypto.randomUUID` exists on https only, and a company's own server may well speak http. */
export const newIdempotencyKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Gives each mutation its key, once: whoever repeats the operation further down the chain repeats it under the same key, so that a lost
 * answer never makes a second post. It must stand before the link that retries.
 */
export const idempotencyLink =
  (): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) => {
    if (op.type !== "mutation" || op.context[CONTEXT_KEY]) return next(op);
    return next({ ...op, context: { ...op.context, [CONTEXT_KEY]: newIdempotencyKey() } });
  };

/** The header of a mutation's request. */
export const idempotencyHeader = (op: { readonly context: Readonly<Record<string, unknown>> }): Record<string, string> => {
  const key = op.context[CONTEXT_KEY];
  return typeof key === "string" ? { "idempotency-key": key } : {};
};
