import { testServers } from "@maru/db/testing/env";
import { createAccount } from "@maru/db/testing/factories/account";
import { hashPassword } from "@maru/platform/crypto/password";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startCuttableProxy } from "../../apps/web/src/server/testing/cuttable-proxy";
import { startTestDoor, type TestDoor } from "../../apps/web/src/server/testing/test-door";
import { atDepth, isFullDepth } from "./depth";
import { recordFigure } from "./figures";
import { inParallel } from "./in-parallel";
import { useOwnRedis } from "./own-redis";

const PROOF = "sign-in";
const GUESSES = 100;
const ATTEMPTS = atDepth({ sample: 10, full: 200 });
const MOST_EVALUATED = 10;
const MOST_APART_MS = 5;

let passwordHash: string;
let door: TestDoor | undefined;
useOwnRedis();
beforeAll(async () => {
  passwordHash = await hashPassword("the one right password");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await door?.stop();
  door = undefined;
});

const signIn = async ({ url }: TestDoor, username: string, forwardedFor: string): Promise<number> => {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": forwardedFor },
    body: JSON.stringify({ username, password: "a wrong password" }),
  });
  await answer.text();
  return answer.status;
};
/** How often a password was really looked at: each wrong one leaves a row in the record. */
const countEvaluated = ({ db }: TestDoor): Promise<number> => db.auditEntry.count({ where: { action: "identity.account.refuse-sign-in" } });
const addressOf = (number: number): string => `203.0.${Math.floor(number / 250)}.${1 + (number % 250)}`;

/** A hundred guesses at one account, five at a time, each with an address of its own in the header. */
const guess = async (
  target: TestDoor,
  username: string,
  forwardedFor: (address: string) => string,
): Promise<{ statuses: Set<number>; evaluated: number }> => {
  const numbers = Array.from({ length: GUESSES }, (_, index) => index);
  const statuses = await inParallel(5, numbers, (number) => signIn(target, username, forwardedFor(addressOf(number))));
  return { statuses: new Set(statuses), evaluated: await countEvaluated(target) };
};

// Limits live in Redis beyond a test: an account has a name of its own.
const nameOf = (what: string): string => `${what}-${Math.random().toString(36).slice(2)}`;

describe("a hundred wrong passwords from a hundred forged addresses (ASVS 6.3.1, 15.3.4)", () => {
  const judge = ({ statuses, evaluated }: Awaited<ReturnType<typeof guess>>): void => {
    expect([...statuses].sort()).toEqual([401, 429]);
    expect(evaluated).toBeGreaterThan(0);
    expect(evaluated).toBeLessThanOrEqual(MOST_EVALUATED);
  };

  it("are looked at ten times at most, whoever wrote the header", async () => {
    door = await startTestDoor();
    const { username } = await createAccount(door.db, { username: nameOf("direct"), passwordHash });
    const result = await guess(door, username, (address) => address);
    judge(result);
    recordFigure(PROOF, "of 100 guesses with forged addresses, passwords looked at", result.evaluated);
  });

  it("are looked at ten times at most behind a proxy, which writes the real address last", async () => {
    door = await startTestDoor({ settings: { trustedProxies: ["127.0.0.1"] } });
    const { username } = await createAccount(door.db, { username: nameOf("proxied"), passwordHash });
    const result = await guess(door, username, (address) => `${address}, 198.51.100.7`);
    judge(result);
    recordFigure(PROOF, "the same behind a proxy", result.evaluated);
  });

  it("are limited just so while Redis can't be reached", async () => {
    const cable = await startCuttableProxy(new URL(testServers().redisUrl));
    vi.stubEnv("MARU_TEST_REDIS_URL", cable.url);
    await cable.cut();
    door = await startTestDoor();
    const { username } = await createAccount(door.db, { username: nameOf("without-redis"), passwordHash });
    const result = await guess(door, username, (address) => address);
    judge(result);
    recordFigure(PROOF, "the same without Redis", result.evaluated);
  });
});

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

it("an unknown account answers like a known one, and as late", async () => {
  door = await startTestDoor({ settings: { trustedProxies: ["127.0.0.1"] } });
  const target = door;
  const unknown = Array.from({ length: ATTEMPTS }, () => nameOf("nobody"));
  const known = await Promise.all(
    Array.from({ length: ATTEMPTS }, async () => (await createAccount(target.db, { username: nameOf("somebody"), passwordHash })).username),
  );
  const times = { known: [] as number[], unknown: [] as number[] };
  const statuses: number[] = [];
  // The process hashes its decoy at the first unknown name: that is no answer to measure.
  await signIn(target, nameOf("nobody"), "198.51.100.8");
  for (const [index, name] of unknown.entries()) {
    const pair = [
      ["unknown", name],
      ["known", known[index] as string],
    ] as const;
    for (const [kind, username] of index % 2 === 0 ? pair : [...pair].reverse()) {
      const began = performance.now();
      statuses.push(await signIn(target, username, addressOf(index)));
      times[kind].push(performance.now() - began);
    }
  }
  // Each of them is one password looked at, and none of them says more than that it was wrong.
  expect(new Set(statuses)).toEqual(new Set([401]));
  expect(await countEvaluated(target)).toBe(2 * ATTEMPTS + 1);
  const apart = Math.abs(median(times.known) - median(times.unknown));
  // Ten attempts beside other tests measure the machine, not the code.
  if (isFullDepth) expect(apart).toBeLessThan(MOST_APART_MS);
  recordFigure(PROOF, "median of a known account", `${median(times.known).toFixed(1)} ms`);
  recordFigure(PROOF, "median of an unknown account", `${median(times.unknown).toFixed(1)} ms`);
  recordFigure(PROOF, "apart", `${apart.toFixed(1)} ms`);
  recordFigure(PROOF, "attempts of each", ATTEMPTS);
});
