import type { Limits } from "@maru/platform/http/limits";
import { identityErrors } from "./contract";

const HOUR_MS = 60 * 60 * 1000;
/** Nobody guesses 256 bits: this only keeps an address from asking the database without end. A whole company may sit behind it. */
const FAILURES = 1_000;

/** Looks something up by a secret. Only failures of the address count, and a failure is null: why is nobody's business. */
export const limitFailures = async <Found>(limits: Limits, address: string, lookUp: () => Promise<Found | null>): Promise<Found | null> => {
  const failures = limits.limiter("token-address", { places: FAILURES, windowMs: HOUR_MS });
  const taken = await failures.take(address);
  if (!taken.isAllowed) throw identityErrors.tooManyAttempts({ retryAfterSeconds: Math.ceil(taken.retryAfterMs / 1000) });
  const found = await lookUp();
  if (found !== null) await failures.giveBack(address);
  return found;
};
