import type { Limits } from "@maru/platform/http/limits";
import { factorErrors } from "./contract";

const WINDOW_MS = 15 * 60_000;

/**
 * Of a million codes three are right at any time. Five failures in a quarter of an hour, from wherever they come, make a guess in a year
 * of trying less likely than one in two: who tries knows the password already, so the account alone is counted. A place is taken before the
 * code is looked at, so that parallel guesses can't slip through, and the failures are forgotten after a right one.
 */
export const reserveCode = async (limits: Limits, accountId: string): Promise<{ forget(): Promise<void> }> => {
  const limiter = limits.limiter("factor-code", { places: 5, windowMs: WINDOW_MS });
  const taken = await limiter.take(accountId);
  if (!taken.isAllowed) throw factorErrors.tooManyCodes({ retryAfterSeconds: Math.ceil(taken.retryAfterMs / 1000) });
  return { forget: () => limiter.forget(accountId) };
};
