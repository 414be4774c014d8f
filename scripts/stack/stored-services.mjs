import { join } from "node:path";
import { preparePostgres } from "./postgres.mjs";
import { prepareRedis } from "./redis.mjs";

/**
 * PostgreSQL and Redis for the supervisor. A service that is brought back keeps its port, because its address was already
 * handed to web and worker.
 *
 * @typedef {{ service: import("./supervisor.mjs").Service, findUrl: () => string, remark: string }} StoredService
 */

/**
 * @param {{ dataFolder: string, logsFolder: string, password: string, passwordIsNew: boolean, databaseUser: import("./database-user.mjs").SystemUser | null }} options
 * @returns {Promise<StoredService>}
 */
export async function postgresService({ logsFolder, ...options }) {
  const logFile = join(logsFolder, "postgres.log");
  const prepared = await preparePostgres({ ...options, logFile });
  const remark = prepared.moved ? `data in ${prepared.home}, which its user can enter` : "";
  return { ...serviceOf("postgres", prepared.start, { logFile, stopSignal: "SIGINT", stopTimeoutMs: 20_000 }), remark };
}

/**
 * @param {{ dataFolder: string, logsFolder: string, password: string }} options
 * @returns {Promise<StoredService>}
 */
export async function redisService({ logsFolder, ...options }) {
  const logFile = join(logsFolder, "redis.log");
  const prepared = await prepareRedis({ ...options, logFile });
  return { ...serviceOf("redis", prepared.start, { logFile, stopSignal: "SIGTERM", stopTimeoutMs: 10_000 }), remark: prepared.origin };
}

/**
 * @param {string} name
 * @param {(port?: number) => Promise<import("./postgres.mjs").RunningPostgres>} start
 * @param {{ logFile: string, stopSignal: NodeJS.Signals, stopTimeoutMs: number }} options
 */
function serviceOf(name, start, options) {
  /** @type {import("./postgres.mjs").RunningPostgres | null} */
  let running = null;
  return {
    service: {
      name,
      ...options,
      start: async () => {
        running = await start(running?.port);
        return running;
      },
    },
    findUrl: () => /** @type {import("./postgres.mjs").RunningPostgres} */ (running).url,
  };
}
