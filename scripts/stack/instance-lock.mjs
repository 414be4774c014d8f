import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ClearError } from "./clear-error.mjs";
import { identify, isRunning } from "./processes.mjs";

/**
 * Makes sure that one process alone works with a data folder. A lock whose owner has died counts for nothing.
 *
 * @param {string} dataFolder
 * @returns {() => void} gives the lock back
 */
export function lockDataFolder(dataFolder) {
  const lock = join(dataFolder, "run", "lock");
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, JSON.stringify(identify(process.pid)), { mode: 0o644 });
  try {
    while (!tryToLink(own, lock)) setAsideIfStale(lock, dataFolder);
  } finally {
    unlinkSync(own);
  }
  return () => rmSync(lock, { force: true });
}

/**
 * Linking a finished file is the one step that either wins or finds another owner's complete lock.
 *
 * @param {string} from
 * @param {string} lock
 */
function tryToLink(from, lock) {
  try {
    linkSync(from, lock);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * @param {string} lock
 * @param {string} dataFolder
 */
function setAsideIfStale(lock, dataFolder) {
  const owner = readOwner(lock);
  if (owner !== null && isRunning(owner)) throw alreadyRuns(dataFolder, owner.pid);
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  // Between reading and renaming another start may have taken the lock: then it is given back to that one.
  const moved = readOwner(aside);
  if (moved !== null && isRunning(moved)) {
    tryToLink(aside, lock);
    rmSync(aside, { force: true });
    throw alreadyRuns(dataFolder, moved.pid);
  }
  rmSync(aside, { force: true });
}

/**
 * @param {string} file
 * @returns {import("./processes.mjs").ProcessIdentity | null}
 */
function readOwner(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/**
 * @param {string} dataFolder
 * @param {number} pid
 */
function alreadyRuns(dataFolder, pid) {
  return new ClearError(
    `Maru already runs with the data folder ${dataFolder} (process ${pid}): stop that one first, or give this one its own, as in MARU_DATA_DIR=/path/to/other PORT=3001 npm start.`,
  );
}
