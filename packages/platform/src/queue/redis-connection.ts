import { Redis } from "ioredis";
import type { Log } from "../log/log";

const retryStrategy = (times: number) => Math.min(times * 200, 2_000);

/** Says once that Redis went away and once that it is back, however often the connections try. */
const logOutages = (connection: Redis, log: Log): void => {
  let isDown = false;
  connection.on("error", (error: Error) => {
    if (!isDown) log.warn({ err: error.message }, "redis is not reachable: lanes wait");
    isDown = true;
  });
  connection.on("ready", () => {
    if (isDown) log.info("redis is back");
    isDown = false;
  });
};

/** For those who take jobs: a worker without Redis waits for it as long as it takes. */
export const openWorkerConnection = (redisUrl: string, log: Log): Redis => {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy });
  logOutages(connection, log);
  return connection;
};

/** For those who add jobs: without Redis a command fails at once, a frozen Redis costs 2 s; nothing is kept in memory for later. */
export const openProducerConnection = (redisUrl: string, log: Log): Redis => {
  const connection = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 2_000, retryStrategy });
  logOutages(connection, log);
  return connection;
};
