import { AppError } from "@maru/platform/errors";
import { createBucket, type Limits } from "@maru/platform/http/limits";

type Options = { readonly limits: Limits; readonly readsPerSecond: number; readonly writesPerMinute: number };

/** Strangers share an address with a whole company, so they get more room for the few things that are open to them. */
const STRANGER_FACTOR = 10;

const refusal = (retryAfterMs: number): AppError =>
  new AppError("rate_limited", "common.rateLimited", { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) });

/** Counts calls of procedures, not requests: a batch of ten is ten. Null while there is room. */
export const createCallLimits = ({ limits, readsPerSecond, writesPerMinute }: Options) => {
  const reads = createBucket(readsPerSecond);
  const writes = limits.limiter("writes", { places: writesPerMinute, windowMs: 60_000 });
  const strangersWrites = limits.limiter("strangers-writes", { places: writesPerMinute * STRANGER_FACTOR, windowMs: 60_000 });
  return {
    /** `key` is the person's id, or a stranger's address. */
    checkReads: (key: string, calls: number): AppError | null => (reads(key, calls) ? null : refusal(1_000)),
    checkWrites: async (key: string, calls: number, isStranger: boolean): Promise<AppError | null> => {
      const limiter = isStranger ? strangersWrites : writes;
      for (let call = 0; call < calls; call += 1) {
        const taken = await limiter.take(key);
        if (!taken.isAllowed) return refusal(taken.retryAfterMs);
      }
      return null;
    },
  };
};
export type CallLimits = ReturnType<typeof createCallLimits>;
