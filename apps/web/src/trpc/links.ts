import type { AppRouter } from "@maru/api";
import { httpBatchLink, httpLink, retryLink, splitLink, type TRPCLink } from "@trpc/client";
import { failureOf } from "./failure";
import { idempotencyHeader, idempotencyLink } from "./idempotency";
import { pagingLink } from "./paging-link";
import { passwordLink } from "./password-link";
import { askForPassword } from "./password-question";
import { TRPC_PATH } from "./path";

/** The server refuses longer batches (security.md §2). */
const MAX_BATCH = 10;
const MAX_MUTATION_ATTEMPTS = 3;

/** A mutation is sent again when no answer came or the server was just away; its key makes sure that it happens once. */
const mayRepeat = (error: unknown) => {
  const { httpStatus } = failureOf(error);
  return httpStatus === null || httpStatus === 503;
};

/** Queries travel together, mutations alone and under their key. Streams have their own client (features/notification/stream). */
export const clientLinks = (): TRPCLink<AppRouter>[] => [
  pagingLink(),
  idempotencyLink(),
  passwordLink(askForPassword),
  retryLink({
    retry: ({ op, error, attempts }) =>
      op.type === "mutation" && attempts < MAX_MUTATION_ATTEMPTS && !op.signal?.aborted && mayRepeat(error),
    retryDelayMs: (attempt) => 400 * 2 ** attempt,
  }),
  splitLink({
    condition: (op) => op.type === "query",
    true: httpBatchLink({ url: TRPC_PATH, maxItems: MAX_BATCH }),
    false: httpLink({ url: TRPC_PATH, headers: ({ op }) => idempotencyHeader(op) }),
  }),
];
