import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";

// OWASP's argon2id profile: 19 MiB, two passes, one lane (the library's default algorithm is argon2id).
const PROFILE = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// A semaphore, because 50 people who sign in at nine o'clock must take neither 50 times 19 MiB nor every processor: one is left for all
// the others.
let free = Math.max(1, availableParallelism() - 1);
const waiting: (() => void)[] = [];

const withSlot = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    // Whoever waits gets the slot from hand to hand: nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
};

// NFKC, so that a password typed on macOS (NFD Hangul) equals the same one typed on Windows.
const normalise = (password: string): string => password.normalize("NFKC");

export const hashPassword = (password: string): Promise<string> => withSlot(() => hash(normalise(password), PROFILE));

export const verifyPassword = (passwordHash: string, password: string): Promise<boolean> =>
  withSlot(() => verify(passwordHash, normalise(password)));

let decoy: Promise<string> | undefined;

/** Costs exactly what a real verification costs and is always false: an unknown account must not answer faster than a known one. */
export const verifyNothing = async (password: string): Promise<false> => {
  decoy ??= hashPassword("no account has this password");
  await verifyPassword(await decoy, password);
  return false;
};
