import type { Limits } from "@maru/platform/http/limits";
import { identityErrors } from "./contract";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** From this many failures of an account on, strangers to it wait between attempts. */
const FREE_FAILURES = 10;
const MAX_DELAY_MS = 5 * MINUTE_MS;

/** The wait before the next attempt on an account: 1 s after the free failures, then twice as long each time. */
export const delayAfter = (failures: number): number =>
  failures <= FREE_FAILURES ? 0 : Math.min(1_000 * 2 ** (failures - FREE_FAILURES - 1), MAX_DELAY_MS);

type Attempt = { readonly username: string; readonly address: string; readonly isKnownAddress: boolean };

/** A place that an attempt holds while its password is checked. */
type Reservation = {
  /** The password was right: the attempt does not count, and neither do those before it from here. */
  giveBack(): Promise<void>;
  /** Nobody has looked at the password: the attempt does not count. */
  release(): Promise<void>;
};

const tooMany = (retryAfterMs: number) => identityErrors.tooManyAttempts({ retryAfterSeconds: Math.ceil(retryAfterMs / 1000) });

/**
 * Only failures count. Each attempt takes its places before the password is checked, so that parallel guesses can't slip through, and gives
 * them back on success. An address that the account has signed in from before never waits for the account's failures elsewhere: nobody
 * can lock somebody else out.
 */
export const reserveAttempt = async (limits: Limits, attempt: Attempt): Promise<Reservation> => {
  const pair = limits.limiter("sign-in-pair", { places: 5, windowMs: 15 * MINUTE_MS });
  const address = limits.limiter("sign-in-address", { places: 300, windowMs: HOUR_MS });
  const account = limits.limiter("sign-in-account", { places: 1_000_000, windowMs: HOUR_MS });
  const delay = limits.limiter("sign-in-delay", { places: 1, windowMs: MAX_DELAY_MS });
  const pairKey = `${attempt.username}\n${attempt.address}`;

  const release = async () => {
    await Promise.all([address.giveBack(attempt.address), account.giveBack(attempt.username), pair.giveBack(pairKey)]);
  };

  const byAddress = await address.take(attempt.address);
  if (!byAddress.isAllowed) throw tooMany(byAddress.retryAfterMs);
  const byPair = await pair.take(pairKey);
  if (!byPair.isAllowed) throw tooMany(byPair.retryAfterMs);
  const byAccount = await account.take(attempt.username);
  const delayMs = attempt.isKnownAddress ? 0 : delayAfter(byAccount.count - 1);
  if (delayMs > 0) {
    const turn = await delay.take(attempt.username, delayMs);
    if (!turn.isAllowed) {
      // No password was checked: this attempt is no failure of the account.
      await Promise.all([account.giveBack(attempt.username), pair.giveBack(pairKey)]);
      throw tooMany(turn.retryAfterMs);
    }
  }
  return {
    release,
    giveBack: async () => {
      await Promise.all([address.giveBack(attempt.address), pair.forget(pairKey), account.giveBack(attempt.username)]);
    },
  };
};
