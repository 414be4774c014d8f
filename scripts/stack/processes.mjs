import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A process is known by its number and by when it started: numbers are used again, most of all inside containers.
 *
 * @typedef {{ pid: number, started: string }} ProcessIdentity
 *
 * @typedef {{ pid: number, exited: Promise<{ code: number | null, signal: string | null }>, hasExited: () => boolean }} RunningProcess
 */

/**
 * When the process started, as text that is only compared, or null when there is no such process (a zombie counts as none).
 *
 * @param {number} pid
 * @returns {string | null}
 */
function startOf(pid) {
  try {
    if (process.platform === "linux") {
      const fields = readStat(pid);
      if (fields[0] === "Z" || fields[0] === "X") return null;
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${fields[19]}`;
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

/**
 * The identity of a running process, or null when it does not run.
 *
 * @param {number} pid
 * @returns {ProcessIdentity | null}
 */
export function identify(pid) {
  const started = startOf(pid);
  return started === null ? null : { pid, started };
}

/**
 * The npm above the shell that it started a script with, or null when there is no such shell.
 *
 * @param {number} shellPid
 */
export function identifyNpmAbove(shellPid) {
  try {
    const command = readFileSync(`/proc/${shellPid}/cmdline`, "utf8").split("\0");
    const isNpmsShell = command[1] === "-c" && command[2] === process.env.npm_lifecycle_script;
    return isNpmsShell ? identify(Number(readStat(shellPid)[1])) : null;
  } catch {
    return null;
  }
}

/**
 * The fields of /proc/<pid>/stat from the state on; the name before them may itself hold spaces and brackets.
 *
 * @param {number} pid
 */
function readStat(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/**
 * Whether exactly this process still runs.
 *
 * @param {ProcessIdentity} identity
 */
export function isRunning(identity) {
  return startOf(identity.pid) === identity.started;
}

/**
 * Sends a signal and says whether somebody was there to receive it.
 *
 * @param {number} pid a negative number means the process group
 * @param {NodeJS.Signals} signal
 */
export function sendSignal(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a process that outlives terminal signals: it has its own process group, so that Ctrl-C reaches only us and we
 * stop everything in order. Its output goes to a file.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, logFile: string, uid?: number, gid?: number }} options
 * @returns {Promise<RunningProcess>}
 */
export async function startProcess(command, args, { logFile, ...options }) {
  const log = openSync(logFile, "a", 0o600);
  const spawnOptions = /** @type {import("node:child_process").SpawnOptions} */ ({
    ...options,
    detached: true,
    stdio: ["ignore", log, log],
  });
  const child = spawn(command, args, spawnOptions);
  closeSync(log);
  let hasExited = false;
  const exited = new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      hasExited = true;
      resolve({ code, signal });
    });
  });
  await new Promise((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  return { pid: /** @type {number} */ (child.pid), exited, hasExited: () => hasExited };
}

/**
 * Waits until a condition holds; false when it did not in time.
 *
 * @param {() => boolean | Promise<boolean>} condition
 * @param {number} timeoutMs
 */
export async function waitUntil(condition, timeoutMs, pauseMs = 50) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= deadline) return false;
    await sleep(pauseMs);
  }
}

/**
 * Asks a process to stop, ends it by force when it does not in time, and clears away what its process group left behind.
 *
 * @param {ProcessIdentity} identity
 * @param {{ signal?: NodeJS.Signals, timeoutMs?: number }} [options]
 */
export async function stopProcess(identity, { signal = "SIGTERM", timeoutMs = 10_000 } = {}) {
  if (isRunning(identity)) {
    sendSignal(identity.pid, signal);
    const stopped = await waitUntil(() => !isRunning(identity), timeoutMs);
    if (!stopped) {
      sendSignal(identity.pid, "SIGKILL");
      await waitUntil(() => !isRunning(identity), 5_000);
    }
  }
  await endGroup(identity.pid);
}

/**
 * Ends what is left of the process group of a process that we started and that has ended.
 *
 * @param {number} groupId
 */
export async function endGroup(groupId) {
  if (sendSignal(-groupId, "SIGKILL")) await waitUntil(() => !hasLivingMembers(groupId), 5_000);
}

/** @param {number} groupId */
function hasLivingMembers(groupId) {
  if (process.platform !== "linux") return sendSignal(-groupId, /** @type {NodeJS.Signals} */ (/** @type {unknown} */ (0)));
  return listProcesses().some((pid) => {
    try {
      const fields = readStat(pid);
      return Number(fields[2]) === groupId && fields[0] !== "Z" && fields[0] !== "X";
    } catch {
      return false;
    }
  });
}

/** The numbers of all processes, where the system has /proc; otherwise none. */
function listProcesses() {
  if (!existsSync("/proc/self")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/**
 * The processes that work inside a folder (their current directory), where the system can tell.
 *
 * @param {string} folder
 */
export function processesWorkingIn(folder) {
  return listProcesses().filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder && startOf(pid) !== null;
    } catch {
      return false;
    }
  });
}
