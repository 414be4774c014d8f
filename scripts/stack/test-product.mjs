import { join } from "node:path";
import { ClearError } from "./clear-error.mjs";
import { findFreePort } from "./ports.mjs";
import { prepareDatabase, productEnvironment, productServices } from "./product.mjs";
import { tailOf } from "./run-command.mjs";
import { generate } from "./secrets.mjs";
import { Supervisor } from "./supervisor.mjs";
import { createTestFolder, removeTestFolder } from "./test-folder.mjs";

/**
 * The built product on free ports, with a data folder of its own, for tests and measurements.
 *
 * @typedef {{
 *   url: string,
 *   workerUrl: string,
 *   dataFolder: string,
 *   env: Record<string, string | undefined>,
 *   findPid: (name: "web" | "worker") => number | null,
 *   stop: () => Promise<void>,
 * }} TestProduct env is what web and worker were given
 */

/**
 * @param {{ databaseUrl: string, redisUrl: string, isDemo?: boolean, env?: Record<string, string | undefined> }} options
 * @returns {Promise<TestProduct>}
 */
export async function startTestProduct({ databaseUrl, redisUrl, isDemo = true, env: extra = {} }) {
  const dataFolder = createTestFolder("product");
  const supervisor = new Supervisor({ runFolder: join(dataFolder, "run"), say: () => undefined });
  const stop = async () => {
    await supervisor.stop();
    removeTestFolder(dataFolder);
  };
  try {
    const [port, workerPort] = [await findFreePort(), await findFreePort()];
    const url = `http://127.0.0.1:${port}`;
    const settings = { databaseUrl, redisUrl, dataFolder, secret: generate(), host: "127.0.0.1", port, workerPort, url, isDemo };
    const env = { ...productEnvironment(settings), ...extra };
    const prepared = await prepareDatabase(env, { isDemo });
    if (prepared.code !== 0) throw new ClearError("The test database could not be prepared.", tailOf(prepared.output));
    const { web, worker } = productServices(env, join(dataFolder, "logs"));
    await Promise.all([supervisor.start(worker), supervisor.start(web)]);
    return { url, workerUrl: `http://127.0.0.1:${workerPort}`, dataFolder, env, findPid: (name) => supervisor.findPid(name), stop };
  } catch (error) {
    await stop();
    // Test runners show an error's message alone, and here the detail is what explains it.
    throw error instanceof ClearError ? new Error(`${error.message}\n${error.detail}`) : error;
  }
}
