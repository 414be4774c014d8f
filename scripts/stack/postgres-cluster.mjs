import { chmodSync, chownSync, existsSync, lchownSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ClearError } from "./clear-error.mjs";
import { runCommand, tailOf } from "./run-command.mjs";

/** The superuser and the database that Maru uses. */
export const databaseRole = "maru";
export const databaseName = "maru";

/**
 * A folder with a PostgreSQL cluster, the programs for it, and the user who owns it.
 *
 * @typedef {{ home: string, data: string, native: string, user: import("./database-user.mjs").SystemUser | null }} Cluster
 */

/** What PostgreSQL's programs get to see: nobody's PG variables or broken locale settings. */
export const postgresEnvironment = { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C.UTF-8", TZ: "UTC" };

/**
 * Makes the cluster when there is none. It is built beside and renamed at the end: an interrupted start leaves nothing half.
 *
 * @param {Cluster} cluster
 * @param {{ password: string, passwordIsNew: boolean, durable: boolean }} options
 */
export async function ensureCluster(cluster, { password, passwordIsNew, durable }) {
  mkdirSync(cluster.home, { recursive: true, mode: 0o700 });
  ownedBy(cluster.home, cluster.user);
  if (existsSync(join(cluster.data, "PG_VERSION"))) {
    if (cluster.user !== null) handOver(cluster.data, cluster.user);
    if (passwordIsNew) await runSingleUser(cluster, cluster.data, `ALTER ROLE ${databaseRole} PASSWORD '${password}'`);
    return;
  }
  const unfinished = `${cluster.data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  await initialise(cluster, unfinished, password, durable);
  await runSingleUser(cluster, unfinished, `CREATE DATABASE ${databaseName}`);
  renameSync(unfinished, cluster.data);
}

/**
 * The user who runs this cluster: the one who owns it already, so that a cluster stays with its owner when the system gets
 * another `maru` user.
 *
 * @param {string} data
 * @param {import("./database-user.mjs").SystemUser | null} user
 */
export function ownerOf(data, user) {
  if (user === null || !existsSync(data)) return user;
  const { uid, gid } = statSync(data);
  return uid === 0 || uid === user.uid ? user : { name: String(uid), uid, gid };
}

/**
 * @param {Cluster} cluster
 * @param {string} folder
 * @param {string} password
 * @param {boolean} durable
 */
async function initialise(cluster, folder, password, durable) {
  const passwordFile = join(cluster.home, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  ownedBy(passwordFile, cluster.user);
  try {
    // With LC_CTYPE=C trigram search would drop Hangul, hence C.UTF-8.
    const args = [
      "-D",
      folder,
      "-U",
      databaseRole,
      "--encoding=UTF8",
      "--locale=C.UTF-8",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
    ];
    if (!durable) args.push("--no-sync");
    await runProgram(cluster, "initdb", args, "PostgreSQL could not make its data folder.");
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * Runs one statement while no server runs; the package brings no psql, and no library may be needed before the install.
 *
 * @param {Cluster} cluster
 * @param {string} folder
 * @param {string} statement
 */
async function runSingleUser(cluster, folder, statement) {
  const failure = "PostgreSQL could not prepare its database.";
  const output = await runProgram(cluster, "postgres", ["--single", "-D", folder, "postgres"], failure, `${statement}\n`);
  if (/\b(ERROR|FATAL|PANIC):/.test(output)) throw new ClearError(failure, tailOf(output));
}

/**
 * @param {Cluster} cluster
 * @param {string} program
 * @param {string[]} args
 * @param {string} failure
 * @param {string} [input]
 */
async function runProgram(cluster, program, args, failure, input) {
  const rights = cluster.user ? { uid: cluster.user.uid, gid: cluster.user.gid } : {};
  const options = { ...rights, cwd: cluster.home, env: postgresEnvironment, ...(input === undefined ? {} : { input }) };
  const { code, output } = await runCommand(join(cluster.native, "bin", program), args, options);
  if (code === 0) return output;
  const isFull = /No space left on device|Disk quota exceeded/.test(output);
  throw new ClearError(
    isFull ? `The disk that holds ${cluster.home} is full: free some space there and start again.` : failure,
    tailOf(output),
  );
}

/**
 * @param {string} path
 * @param {import("./database-user.mjs").SystemUser | null} user
 */
function ownedBy(path, user) {
  if (user === null) return;
  chownSync(path, user.uid, user.gid);
  chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
}

/**
 * Gives a whole folder to a user when it is not his yet.
 *
 * @param {string} folder
 * @param {import("./database-user.mjs").SystemUser} user
 */
function handOver(folder, user) {
  if (statSync(folder).uid === user.uid) return;
  lchownSync(folder, user.uid, user.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) handOver(path, user);
    else lchownSync(path, user.uid, user.gid);
  }
}
