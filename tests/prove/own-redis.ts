import { afterAll, beforeAll } from "vitest";
import { takeRedis } from "../../apps/worker/src/testing/test-worker";

/**
 * Gives the proofs of a file an empty Redis database: the limits of sign-ins count by address, and all tests have the same one. Called
 * before anything else of the file is set up.
 */
export const useOwnRedis = (): void => {
  const shared = process.env.MARU_TEST_REDIS_URL;
  let release: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const redis = await takeRedis();
    release = redis.release;
    process.env.MARU_TEST_REDIS_URL = redis.url;
  });
  afterAll(async () => {
    process.env.MARU_TEST_REDIS_URL = shared;
    await release?.();
  });
};
