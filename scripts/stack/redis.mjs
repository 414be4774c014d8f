import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { ClearError } from "./clear-error.mjs";
import { findFreePort } from "./ports.mjs";
import { identify, startProcess, stopProcess, waitUntil } from "./processes.mjs";
import { findRedisProgram } from "./redis-programs.mjs";
import { tailOf } from "./run-command.mjs";

/**
 * @typedef {{ dataFolder: string, logFile: string, password: string, durable?: boolean }} RedisOptions
 *
 * @typedef {import("./postgres.mjs").RunningPostgres} RunningRedis the same shape
 */

/**
 * Finds or fetches the program; `start` may then be called again and again, as the supervisor does.
 *
 * @param {RedisOptions} options
 */
export async function prepareRedis({ dataFolder, logFile, password, durable = true }) {
  const program = await findRedisProgram({ toolsFolder: join(dataFolder, "tools") });
  const home = join(dataFolder, "redis");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return {
    origin: program.origin,
    start: (/** @type {number | undefined} */ port) => startServer(program, { home, port, logFile, password, durable }),
  };
}

/**
 * Prepares and starts a server in one go.
 *
 * @param {RedisOptions & { port?: number }} options
 */
export async function startRedis({ port, ...options }) {
  const prepared = await prepareRedis(options);
  return prepared.start(port);
}

/**
 * @param {import("./redis-programs.mjs").RedisProgram} program
 * @param {{ home: string, port: number | undefined, logFile: string, password: string, durable: boolean }} options
 * @returns {Promise<RunningRedis>}
 */
async function startServer(program, { home, port, logFile, password, durable }) {
  const listenPort = port ?? (await findFreePort());
  const configuration = join(home, "redis.conf");
  writeFileSync(configuration, configurationText({ home, port: listenPort, password, durable }), { mode: 0o600 });
  const server = await startProcess(program.command, [configuration], { cwd: home, env: { ...process.env, ...program.env }, logFile });
  const identity = identify(server.pid) ?? { pid: server.pid, started: "" };
  const isReady = await waitUntil(async () => server.hasExited() || (await answersPing(listenPort, password)), 60_000, 20);
  if (!isReady || server.hasExited()) {
    await stopProcess(identity);
    throw new ClearError("Redis did not start.", tailOf(existsSync(logFile) ? readFileSync(logFile, "utf8") : "", 15));
  }
  return {
    url: `redis://default:${password}@127.0.0.1:${listenPort}`,
    port: listenPort,
    pid: server.pid,
    isAlive: () => !server.hasExited(),
    exited: server.exited,
    stop: () => stopProcess(identity),
  };
}

/**
 * The password stands in a file of our own, because everybody can read a process's arguments.
 *
 * @param {{ home: string, port: number, password: string, durable: boolean }} options
 */
function configurationText({ home, port, password, durable }) {
  return `${[
    "bind 127.0.0.1",
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(home)}`,
    "daemonize no",
    // A queue must never lose entries to eviction; writes fail instead, and the outbox keeps them.
    "maxmemory-policy noeviction",
    'save ""',
    `appendonly ${durable ? "yes" : "no"}`,
    "appendfsync everysec",
  ].join("\n")}\n`;
}

/**
 * @param {number} port
 * @param {string} password
 * @returns {Promise<boolean>}
 */
function answersPing(port, password) {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    let answer = "";
    const finish = (/** @type {boolean} */ isReady) => {
      socket.destroy();
      resolve(isReady);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once("error", () => finish(false));
    socket.once("close", () => resolve(false));
    socket.once("connect", () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on("data", (chunk) => {
      answer += chunk;
      // The first line answers AUTH, the second one PING; while Redis loads its file the second is an error.
      const lines = answer.split("\r\n");
      if (lines.length >= 3) finish(lines[1] === "+PONG");
    });
  });
}
