import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresFolders } from "./postgres.mjs";
import { stopLeftovers } from "./process-records.mjs";
import { identify, isRunning } from "./processes.mjs";

const prefix = "maru-owned-";

/**
 * A fresh folder for a test's servers, with `run` for the notes on their processes and `logs`. It names us as its owner, so
 * that a later run knows whether it is still in use.
 *
 * @param {string} purpose
 */
export function createTestFolder(purpose) {
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${purpose}-`));
  // As root PostgreSQL runs as another user, who must be able to pass through.
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, "owner"), JSON.stringify(identify(process.pid)));
  for (const name of ["run", "logs", "reports"]) mkdirSync(join(folder, name));
  return folder;
}

/** @param {string} folder */
export function removeTestFolder(folder) {
  for (const path of [...postgresFolders(folder), folder]) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Ends and clears away what a test run that was killed could not. */
export async function sweepAbandonedTestFolders() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    try {
      if (statSync(folder).uid !== process.getuid?.() || !isAbandoned(folder)) continue;
      await stopLeftovers(join(folder, "run"));
      removeTestFolder(folder);
    } catch {
      // Another test run may be clearing the same folder.
    }
  }
}

/**
 * Only a folder that names an owner who is gone; one without a name may just be on its way.
 *
 * @param {string} folder
 */
function isAbandoned(folder) {
  const file = join(folder, "owner");
  const owner = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  return owner !== null && !isRunning(owner);
}
