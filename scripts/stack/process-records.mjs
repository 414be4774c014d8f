import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identify, isRunning, stopProcess } from "./processes.mjs";

/**
 * What a service's process is, written down so that a later start can find what an earlier one had to leave behind.
 *
 * @typedef {import("./processes.mjs").ProcessIdentity & { order: number, stopSignal: NodeJS.Signals, stopTimeoutMs: number }} ProcessRecord
 */

/**
 * @param {string} runFolder
 * @param {string} name
 * @param {{ pid: number, order: number, stopSignal: NodeJS.Signals, stopTimeoutMs: number }} process
 */
export function recordProcess(runFolder, name, { pid, ...rest }) {
  const identity = identify(pid);
  if (identity !== null) writeFileSync(join(runFolder, `${name}.json`), JSON.stringify({ ...identity, ...rest }));
}

/**
 * @param {string} runFolder
 * @param {string} name
 */
export function forgetProcess(runFolder, name) {
  rmSync(join(runFolder, `${name}.json`), { force: true });
}

/**
 * Stops the services that an earlier start could not stop because it was killed itself, last started first.
 *
 * @param {string} runFolder
 * @returns {Promise<string[]>} the names of those that still ran
 */
export async function stopLeftovers(runFolder) {
  if (!existsSync(runFolder)) return [];
  const records = readdirSync(runFolder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => ({ name: file.slice(0, -".json".length), record: readRecord(join(runFolder, file)) }))
    .sort((a, b) => (b.record?.order ?? 0) - (a.record?.order ?? 0));
  const stopped = [];
  for (const { name, record } of records) {
    if (record !== null && isRunning(record)) {
      await stopProcess(record, { signal: record.stopSignal, timeoutMs: record.stopTimeoutMs });
      stopped.push(name);
    }
    forgetProcess(runFolder, name);
  }
  return stopped;
}

/**
 * @param {string} file
 * @returns {ProcessRecord | null}
 */
function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
