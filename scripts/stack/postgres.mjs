import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ClearError } from "./clear-error.mjs";
import { canEnter, findDatabaseUser, reachableFolderFor } from "./database-user.mjs";
import { findFreePort } from "./ports.mjs";
import { findPostgresBinaries } from "./postgres-binaries.mjs";
import { databaseName, databaseRole, ensureCluster, ownerOf, postgresEnvironment } from "./postgres-cluster.mjs";
import { identify, isRunning, processesWorkingIn, sendSignal, startProcess, stopProcess, waitUntil } from "./processes.mjs";
import { tailOf } from "./run-command.mjs";

/**
 * @typedef {{
 *   dataFolder: string,
 *   logFile: string,
 *   password: string,
 *   passwordIsNew?: boolean,
 *   durable?: boolean,
 *   databaseUser?: import("./database-user.mjs").SystemUser | null,
 * }} PostgresOptions
 *
 * @typedef {{
 *   url: string,
 *   port: number,
 *   pid: number,
 *   isAlive: () => boolean,
 *   exited: Promise<{ code: number | null, signal: string | null }>,
 *   stop: () => Promise<void>,
 * }} RunningPostgres
 *
 * @typedef {{
 *   home: string,
 *   moved: boolean,
 *   start: (port?: number) => Promise<RunningPostgres>,
 * }} PreparedPostgres
 */

const startTimeoutMs = 60_000;

/**
 * Finds the programs and makes the cluster; `start` may then be called again and again, as the supervisor does.
 *
 * @param {PostgresOptions} options
 * @returns {Promise<PreparedPostgres>}
 */
export async function preparePostgres({
  dataFolder,
  logFile,
  password,
  passwordIsNew = false,
  durable = true,
  databaseUser = findDatabaseUser(),
}) {
  mkdirSync(dataFolder, { recursive: true });
  const isReachable = canEnter(dataFolder, databaseUser);
  const base = isReachable ? dataFolder : reachableFolderFor(dataFolder);
  if (!isReachable) mkdirSync(base, { recursive: true, mode: 0o755 });
  const home = join(base, "postgres");
  const data = join(home, "data");
  const user = ownerOf(data, databaseUser);
  const native = findPostgresBinaries({ user, copiesFolder: join(dataFolder, "tools") });
  const cluster = { home, data, native, user };
  refuseWhileAlive(cluster);
  await ensureCluster(cluster, { password, passwordIsNew, durable });
  return { home, moved: !isReachable, start: (port) => startCluster(cluster, { port, password, logFile, durable }) };
}

/**
 * Prepares and starts a cluster in one go.
 *
 * @param {PostgresOptions & { port?: number }} options
 */
export async function startPostgres({ port, ...options }) {
  const prepared = await preparePostgres(options);
  return prepared.start(port);
}

/**
 * @param {import("./postgres-cluster.mjs").Cluster} cluster
 * @param {{ port: number | undefined, password: string, logFile: string, durable: boolean }} options
 * @returns {Promise<RunningPostgres>}
 */
async function startCluster(cluster, { port = undefined, password, logFile, durable }) {
  refuseWhileAlive(cluster);
  await clearStaleLock(cluster);
  const listenPort = port ?? (await findFreePort());
  const rights = cluster.user ? { uid: cluster.user.uid, gid: cluster.user.gid } : {};
  const args = ["-D", cluster.data, "-p", String(listenPort), ...settings(durable)];
  const options = { ...rights, cwd: cluster.home, env: postgresEnvironment, logFile };
  const server = await startProcess(join(cluster.native, "bin", "postgres"), args, options);
  const identity = identify(server.pid) ?? { pid: server.pid, started: "" };
  const isReady = await waitUntil(() => server.hasExited() || statusOf(cluster.data, server.pid) === "ready", startTimeoutMs, 20);
  if (!isReady || server.hasExited()) {
    await stopProcess(identity, { signal: "SIGQUIT" });
    throw new ClearError("PostgreSQL did not start.", tailOf(existsSync(logFile) ? readFileSync(logFile, "utf8") : "", 15));
  }
  return {
    url: addressOf(listenPort, password),
    port: listenPort,
    pid: server.pid,
    isAlive: () => !server.hasExited(),
    exited: server.exited,
    // SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint.
    stop: () => stopProcess(identity, { signal: "SIGINT", timeoutMs: 20_000 }),
  };
}

/**
 * Modest memory for a small office on one machine; loopback only, and no socket file whose path could be too long.
 *
 * @param {boolean} durable
 */
function settings(durable) {
  const values = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "60",
    shared_buffers: "64MB",
    work_mem: "4MB",
    maintenance_work_mem: "32MB",
    effective_cache_size: "512MB",
    autovacuum_worker_slots: "3",
    autovacuum_max_workers: "2",
    max_worker_processes: "4",
    max_wal_senders: "2",
    max_logical_replication_workers: "0",
    io_workers: "2",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] ",
    // A test's cluster is thrown away, so it need not survive a power cut.
    ...(durable ? {} : { fsync: "off", full_page_writes: "off", synchronous_commit: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/**
 * What PostgreSQL's lock file says: its first line is the server's process, its fourth the port, its eighth how far it is.
 *
 * @param {string} data
 */
function readLock(data) {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? "").trim() };
  } catch {
    return null;
  }
}

/**
 * @param {string} data
 * @param {number} pid
 */
function statusOf(data, pid) {
  const lock = readLock(data);
  return lock?.pid === pid ? lock.status : null;
}

/**
 * A server that works in this folder is never taken over and never joined.
 *
 * @param {import("./postgres-cluster.mjs").Cluster} cluster
 */
function refuseWhileAlive(cluster) {
  const lock = readLock(cluster.data);
  if (lock === null || !isServerOf(lock.pid, cluster.data)) return;
  throw new ClearError(
    `A PostgreSQL already works in ${cluster.data} (process ${lock.pid}): stop it first, for instance with kill -INT ${lock.pid}.`,
  );
}

/**
 * @param {number} pid
 * @param {string} data
 */
function isServerOf(pid, data) {
  if (process.platform === "linux") return processesWorkingIn(realpathSync(data)).includes(pid);
  const identity = identify(pid);
  return identity !== null && isRunning(identity);
}

/**
 * After kill -9 the lock file stays, and its number may meanwhile belong to an unrelated process, at which PostgreSQL would
 * refuse for ever. It is removed only once nobody works in the folder any more.
 *
 * @param {import("./postgres-cluster.mjs").Cluster} cluster
 */
async function clearStaleLock(cluster) {
  const lock = readLock(cluster.data);
  if (lock === null || process.platform !== "linux") return;
  const folder = realpathSync(cluster.data);
  const isQuiet = await waitUntil(() => processesWorkingIn(folder).length === 0, 10_000);
  if (isQuiet && sendSignal(lock.pid, /** @type {NodeJS.Signals} */ (/** @type {unknown} */ (0)))) {
    rmSync(join(cluster.data, "postmaster.pid"), { force: true });
  }
}

/**
 * The address of the database that runs for a data folder, or null when none does.
 *
 * @param {string} dataFolder
 * @param {string} password
 */
export function findRunningUrl(dataFolder, password) {
  for (const base of [dataFolder, reachableFolderFor(dataFolder)]) {
    const data = join(base, "postgres", "data");
    const lock = readLock(data);
    if (lock?.status === "ready" && isServerOf(lock.pid, data)) return addressOf(lock.port, password);
  }
  return null;
}

/**
 * @param {number} port
 * @param {string} password
 */
function addressOf(port, password) {
  return `postgresql://${databaseRole}:${password}@127.0.0.1:${port}/${databaseName}`;
}

/**
 * Everywhere that the database of a data folder may lie: a reset has to empty it too.
 *
 * @param {string} dataFolder
 */
export function postgresFolders(dataFolder) {
  return [join(dataFolder, "postgres"), reachableFolderFor(dataFolder)].filter((folder) => existsSync(folder));
}
