import { copyFileSync, existsSync, readdirSync, renameSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";

const largestLogBytes = 50 * 1024 * 1024;
const lookEveryMs = 60_000;

/**
 * Sets the logs of the last run aside, one generation deep.
 *
 * @param {string} folder
 */
export function rotateLogs(folder) {
  for (const file of listLogs(folder)) renameSync(file, `${file}.1`);
}

/**
 * Keeps logs from filling the disk while Maru runs for months. The processes append, so cutting the file is safe for them.
 *
 * @param {string} folder
 */
export function keepLogsSmall(folder) {
  const timer = setInterval(() => {
    for (const file of listLogs(folder)) {
      if (statSync(file).size <= largestLogBytes) continue;
      copyFileSync(file, `${file}.1`);
      truncateSync(file);
    }
  }, lookEveryMs);
  timer.unref();
}

/** @param {string} folder */
function listLogs(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".log"))
    .map((name) => join(folder, name));
}
