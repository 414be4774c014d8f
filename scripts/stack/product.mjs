import { join } from "node:path";
import { identify, startProcess, stopProcess } from "./processes.mjs";
import { inRepository, repositoryRoot } from "./repository.mjs";
import { runCommand } from "./run-command.mjs";

/**
 * @typedef {{
 *   databaseUrl: string,
 *   redisUrl: string,
 *   dataFolder: string,
 *   secret: string,
 *   host: string,
 *   port: number,
 *   workerPort: number,
 *   url: string,
 *   isDemo: boolean,
 * }} ProductSettings
 */

/** The worker drains for at most 25 s; whoever then still runs is ended by force. */
const stopTimeoutMs = 30_000;

/**
 * The environment that web, worker and prepare share.
 *
 * @param {ProductSettings} settings
 * @returns {Record<string, string | undefined>}
 */
export function productEnvironment({ databaseUrl, redisUrl, dataFolder, secret, host, port, workerPort, url, isDemo }) {
  return {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    MARU_DATA_DIR: dataFolder,
    MARU_SECRET: secret,
    MARU_HOST: host,
    MARU_URL: url,
    MARU_DEMO: isDemo ? "1" : "0",
    PORT: String(port),
    WORKER_PORT: String(workerPort),
  };
}

/**
 * Brings the database to this build's state and, for a demo, fills an empty one with the demo organisation.
 *
 * @param {Record<string, string | undefined>} env
 * @param {{ isDemo: boolean }} options
 */
export function prepareDatabase(env, { isDemo }) {
  const args = [inRepository("apps/worker/dist/prepare.js"), ...(isDemo ? ["--demo"] : [])];
  return runCommand(process.execPath, args, { cwd: repositoryRoot, env });
}

/**
 * Web and worker for the supervisor.
 *
 * @param {Record<string, string | undefined>} env from productEnvironment
 * @param {string} logsFolder
 * @returns {{ web: import("./supervisor.mjs").Service, worker: import("./supervisor.mjs").Service }}
 */
export function productServices(env, logsFolder) {
  const anyAddress = env.MARU_HOST === "0.0.0.0" || env.MARU_HOST === "::";
  const webHost = anyAddress ? "127.0.0.1" : String(env.MARU_HOST);
  return {
    web: nodeService(
      "web",
      "apps/web/dist/server.js",
      env,
      logsFolder,
      `http://${webHost.includes(":") ? `[${webHost}]` : webHost}:${env.PORT}`,
    ),
    worker: nodeService("worker", "apps/worker/dist/main.js", env, logsFolder, `http://127.0.0.1:${env.WORKER_PORT}`),
  };
}

/**
 * @param {string} name
 * @param {string} program
 * @param {Record<string, string | undefined>} env
 * @param {string} logsFolder
 * @param {string} address
 * @returns {import("./supervisor.mjs").Service}
 */
function nodeService(name, program, env, logsFolder, address) {
  const logFile = join(logsFolder, `${name}.log`);
  return {
    name,
    logFile,
    stopSignal: "SIGTERM",
    stopTimeoutMs,
    isReady: () => answersOk(`${address}/readyz`),
    start: async () => {
      const running = await startProcess(process.execPath, [inRepository(program)], { cwd: repositoryRoot, env, logFile });
      const identity = identify(running.pid) ?? { pid: running.pid, started: "" };
      return { ...running, stop: () => stopProcess(identity, { timeoutMs: stopTimeoutMs }) };
    },
  };
}

/** @param {string} url */
async function answersOk(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
