import type { Limits } from "@maru/platform/http/limits";
import { identityErrors } from "./contract";

const HOUR_MS = 60 * 60 * 1000;
/** A company sits behind one address. */
const PER_ADDRESS = 300;
/** Of one name from one address. Somebody who asks from elsewhere does not take the owner's turns away. */
const PER_NAME = 5;

/** Lets somebody ask for a mail, as seldom for names that nobody has as for those that somebody has. */
export const limitMails = async (limits: Limits, name: string, address: string): Promise<void> => {
  const byAddress = limits.limiter("mail-address", { places: PER_ADDRESS, windowMs: HOUR_MS });
  const byName = limits.limiter("mail-name", { places: PER_NAME, windowMs: HOUR_MS });
  for (const taken of [await byAddress.take(address), await byName.take(`${name}\n${address}`)])
    if (!taken.isAllowed) throw identityErrors.tooManyMails({ retryAfterSeconds: Math.ceil(taken.retryAfterMs / 1000) });
};
