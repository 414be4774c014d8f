import { startTestStack } from "../../scripts/stack/test-stack.mjs";

/** Gives the tests PostgreSQL and Redis: those that `npm test` already started, otherwise a stack of their own. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.MARU_TEST_DATABASE_URL && process.env.MARU_TEST_REDIS_URL) return undefined;
  const stack = await startTestStack();
  process.env.MARU_TEST_DATABASE_URL = stack.databaseUrl;
  process.env.MARU_TEST_REDIS_URL = stack.redisUrl;
  return stack.stop;
}
