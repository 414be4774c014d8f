import { join } from "node:path";
import { startPostgres } from "./postgres.mjs";
import { recordProcess } from "./process-records.mjs";
import { sendSignal } from "./processes.mjs";
import { startRedis } from "./redis.mjs";
import { generate } from "./secrets.mjs";
import { createTestFolder, removeTestFolder, sweepAbandonedTestFolders } from "./test-folder.mjs";

/**
 * A PostgreSQL and a Redis for tests alone: on free ports, in a fresh folder that is gone afterwards.
 *
 * @typedef {{
 *   databaseUrl: string,
 *   redisUrl: string,
 *   folder: string,
 *   postgresPid: number,
 *   redisPid: number,
 *   stop: () => Promise<void>,
 * }} TestStack databaseUrl is the superuser's, for the database `postgres`
 */

/**
 * @param {{ durable?: boolean }} [options] durable: writes reach the disk as in real use, which measurements need
 * @returns {Promise<TestStack>}
 */
export async function startTestStack({ durable = false } = {}) {
  await sweepAbandonedTestFolders();
  const folder = createTestFolder("stack");
  const runFolder = join(folder, "run");
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  /** @type {number[]} */
  const pids = [];
  const endAtExit = () => endAtOnce(pids, folder);
  process.once("exit", endAtExit);
  const stop = async () => {
    for (const stopOne of stops.splice(0).reverse()) await stopOne();
    process.removeListener("exit", endAtExit);
    removeTestFolder(folder);
  };
  try {
    const postgres = await startPostgres({
      dataFolder: folder,
      logFile: join(folder, "logs", "postgres.log"),
      password: generate(),
      durable,
    });
    stops.push(postgres.stop);
    pids.push(postgres.pid);
    recordProcess(runFolder, "postgres", { pid: postgres.pid, order: 0, stopSignal: "SIGINT", stopTimeoutMs: 10_000 });
    const redis = await startRedis({ dataFolder: folder, logFile: join(folder, "logs", "redis.log"), password: generate(), durable });
    stops.push(redis.stop);
    pids.push(redis.pid);
    recordProcess(runFolder, "redis", { pid: redis.pid, order: 1, stopSignal: "SIGTERM", stopTimeoutMs: 10_000 });
    const databaseUrl = postgres.url.replace(/\/[^/]+$/, "/postgres");
    return { databaseUrl, redisUrl: redis.url, folder, postgresPid: postgres.pid, redisPid: redis.pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The last resort of a process that ends without stopping its stack; nothing in it is worth an orderly end.
 *
 * @param {number[]} pids
 * @param {string} folder
 */
function endAtOnce(pids, folder) {
  for (const pid of pids) sendSignal(pid, "SIGKILL");
  removeTestFolder(folder);
}
