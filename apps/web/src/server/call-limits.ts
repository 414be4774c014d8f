import { AppError } from "@maru/platform/errors";
import { createBucket, type Limits } from "@maru/platform/http/limits";

type Options = { readonly limits: Limits; readonly readsPerSecond: number; readonly writesPerMinute: number };

/** Strangers share an address with a whole company, so they get more room for the few things that are open to them. */
const STRANGER_FACTOR = 10;

const refusal = (retryAfterMs: number): AppError =>
  new AppError("rate_limited", "common.rateLimited", { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) });

/** What a call is counted as. What a page saves by itself (drafts, read marks) never uses up what its person does by hand. */
export type CallKind = "read" | "write" | "background";

/** Counts calls of procedures, not requests: a batch of ten is ten. Null while there is room. */
export const createCallLimits = ({ limits, readsPerSecond, writesPerMinute }: Options) => {
  const reads = createBucket(readsPerSecond);
  const perMinute = (name: string, places: number) => limits.limiter(name, { places, windowMs: 60_000 });
  const writes = {
    write: perMinute("writes", writesPerMinute),
    // As many again: an editor that saves whenever its writer pauses stays below.
    background: perMinute("background-writes", writesPerMinute),
    stranger: perMinute("strangers-writes", writesPerMinute * STRANGER_FACTOR),
  };
  return {
    /** `key` is the person's id, or a stranger's address. */
    checkReads: (key: string, calls: number): AppError | null => (reads(key, calls) ? null : refusal(1_000)),
    checkWrites: async (kind: keyof typeof writes, key: string, calls: number): Promise<AppError | null> => {
      for (let call = 0; call < calls; call += 1) {
        const taken = await writes[kind].take(key);
        if (!taken.isAllowed) return refusal(taken.retryAfterMs);
      }
      return null;
    },
  };
};
export type CallLimits = ReturnType<typeof createCallLimits>;
