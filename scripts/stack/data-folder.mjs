import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ClearError } from "./clear-error.mjs";
import { canEnter, reachableFolderFor } from "./database-user.mjs";
import { inRepository, repositoryRoot } from "./repository.mjs";

const marker = "maru-data.json";
const neededFreeBytes = 150 * 1024 * 1024;
const probeBytes = 256 * 1024;

/** What a reset leaves alone: the lock that we hold, and programs that were fetched once. */
const keptByReset = new Set(["run", "tools", marker]);

/**
 * Which folder holds everything that Maru stores. Without MARU_DATA_DIR it is `.maru` in the checkout, unless the
 * database's user cannot reach that.
 *
 * @param {Record<string, string | undefined>} env
 * @param {import("./database-user.mjs").SystemUser | null} databaseUser
 * @returns {{ folder: string, moved: boolean }}
 */
export function chooseDataFolder(env, databaseUser) {
  if (env.MARU_DATA_DIR) return { folder: resolve(repositoryRoot, env.MARU_DATA_DIR), moved: false };
  const wanted = inRepository(".maru");
  if (canEnter(repositoryRoot, databaseUser)) return { folder: wanted, moved: false };
  return { folder: reachableFolderFor(wanted), moved: true };
}

/**
 * Makes the data folder and checks that we can read and write it and that its disk has room; otherwise one sentence.
 *
 * @param {string} folder
 */
export function prepareDataFolder(folder) {
  explainingProblems(folder, () => {
    const isNew = !existsSync(folder) || readdirSync(folder).length === 0;
    // Root's PostgreSQL runs as another user, who must be able to pass through; every secret inside has its own 0600.
    const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
    mkdirSync(folder, { recursive: true, mode });
    if (isNew) chmodSync(folder, mode);
    readdirSync(folder);
    writeProbe(join(folder, `.probe-${process.pid}`));
    requireRoom(folder);
    if (isNew || folder === inRepository(".maru"))
      writeFileSync(join(folder, marker), `${JSON.stringify({ purpose: "the data of Maru" })}\n`);
    for (const name of ["run", "logs", "tools"]) mkdirSync(join(folder, name), { recursive: true, mode: 0o755 });
  });
}

/**
 * Writes for real and to the disk: rights and quotas show only then.
 *
 * @param {string} file
 * @param {{ keep?: boolean }} [options]
 */
export function writeProbe(file, { keep = false } = {}) {
  const handle = openSync(file, "w", 0o600);
  try {
    writeSync(handle, Buffer.alloc(probeBytes, 1));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
    if (!keep) rmSync(file, { force: true });
  }
}

/** @param {string} folder */
function requireRoom(folder) {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= neededFreeBytes) return;
  throw Object.assign(new Error("too little room"), { code: "ENOSPC" });
}

/**
 * Runs work on the data folder and says in one sentence what the file system refused.
 *
 * @template T
 * @param {string} folder
 * @param {() => T} work
 * @returns {T}
 */
export function explainingProblems(folder, work) {
  try {
    return work();
  } catch (error) {
    const sentence = problemSentence(folder, /** @type {NodeJS.ErrnoException} */ (error).code);
    throw sentence ? new ClearError(sentence) : error;
  }
}

/**
 * @param {string} folder
 * @param {string | undefined} code
 */
function problemSentence(folder, code) {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return `The disk that holds ${folder} is full: Maru needs at least ${neededFreeBytes / 1024 / 1024} MB there. Free some space, or choose another place with MARU_DATA_DIR.`;
    case "EACCES":
    case "EPERM":
      return `The data folder ${folder} cannot be read and written by the user ${nameOfUser()}${ownerRemark(folder)}: change its owner, or choose another folder with MARU_DATA_DIR.`;
    case "EROFS":
      return `The data folder ${folder} lies on a disk that is mounted read-only: choose another folder with MARU_DATA_DIR.`;
    case "ENOTDIR":
    case "EEXIST":
      return `${folder} is not a folder: move that file away, or choose another data folder with MARU_DATA_DIR.`;
    default:
      return null;
  }
}

function nameOfUser() {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.() ?? "unknown");
  }
}

/** @param {string} folder */
function ownerRemark(folder) {
  try {
    const existing = existsSync(folder) ? folder : dirname(folder);
    const { uid } = statSync(existing);
    return uid === process.geteuid?.() ? "" : ` (${existing} belongs to the user with the number ${uid})`;
  } catch {
    return "";
  }
}

/**
 * Deletes what Maru stored. Only a folder that Maru made itself is emptied: a MARU_DATA_DIR that was pointed at somebody's
 * home must survive a reset.
 *
 * @param {string} folder
 */
export function emptyDataFolder(folder) {
  if (!existsSync(join(folder, marker))) {
    throw new ClearError(
      `${folder} held other things before Maru used it, so --reset does not empty it: delete by hand what you don't need.`,
    );
  }
  for (const name of readdirSync(folder)) {
    if (!keptByReset.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
