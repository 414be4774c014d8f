import { hash, verify } from "@node-rs/argon2";

// OWASP's argon2id profile: 19 MiB, two passes, one lane (the library's default algorithm is argon2id).
const PROFILE = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// A semaphore, because 50 people who sign in at nine o'clock must not take 50 times 19 MiB and every thread of the pool.
const MAX_AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

const withSlot = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
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
