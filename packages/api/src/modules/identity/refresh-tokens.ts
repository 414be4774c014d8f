import { randomSecret, type Tokens } from "@maru/platform/crypto/token";

/** Told apart at first sight, and found by scanners for leaked secrets. */
const PREFIX = "maru_rt_";

/** The first link of a chain. */
export const newRefreshToken = (): string => PREFIX + randomSecret();

/** The first link of a chain that somebody may ask for twice: it follows from a seed, and from a key that only the server has. */
export const firstRefreshToken = (tokens: Tokens, seed: string): string => PREFIX + tokens.derive(`first refresh ${seed}`);

/**
 * The link after `token`. It is stored nowhere, and yet the same each time that it is asked for: whoever has the token before it gets it again,
 * and nobody can compute it without the server's key.
 */
export const successorOf = (tokens: Tokens, token: string, successorId: string): string =>
  PREFIX + tokens.derive(`refresh ${successorId} ${token}`);
