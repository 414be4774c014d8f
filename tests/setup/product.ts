import { join } from "node:path";
import pg from "pg";
import { startTestProduct } from "../../scripts/stack/test-product.mjs";
import { startTestStack } from "../../scripts/stack/test-stack.mjs";

const databaseName = "maru_e2e";
/** Queues of an earlier test must not reach this product's worker. */
const redisDatabase = 15;

/** Starts the built product on a fresh demo database and tells the tests its address; gives back what ends it all. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const stack = await findStack();
  try {
    await createDatabase(stack.databaseUrl);
    const databaseUrl = stack.databaseUrl.replace(/\/[^/]+$/, `/${databaseName}`);
    const redisUrl = `${stack.redisUrl}/${redisDatabase}`;
    const product = await startTestProduct({ databaseUrl, redisUrl });
    process.env.MARU_E2E_URL = product.url;
    process.env.MARU_E2E_DATABASE_URL = databaseUrl;
    process.env.MARU_E2E_REDIS_URL = redisUrl;
    process.env.MARU_E2E_RUN_FOLDER = join(product.dataFolder, "run");
    return async () => {
      await product.stop();
      await stack.stop();
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** The stack that `npm test` started, otherwise one of our own. */
async function findStack(): Promise<{ databaseUrl: string; redisUrl: string; stop: () => Promise<void> }> {
  const { MARU_TEST_DATABASE_URL: databaseUrl, MARU_TEST_REDIS_URL: redisUrl } = process.env;
  if (databaseUrl && redisUrl) return { databaseUrl, redisUrl, stop: async () => undefined };
  return startTestStack();
}

async function createDatabase(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${databaseName} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${databaseName}`);
  } finally {
    await client.end();
  }
}
