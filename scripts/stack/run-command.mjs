import { spawn } from "node:child_process";
import { sendSignal, waitUntil } from "./processes.mjs";

/** @type {Set<number>} */
const runningGroups = new Set();
let isEnding = false;

/**
 * Runs a command to its end and gathers its output. The command gets its own process group, so that stopping it also
 * stops what it started.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, input?: string, uid?: number, gid?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>} output holds both streams, in order
 */
export function runCommand(command, args, { input, ...options } = {}) {
  if (isEnding) return new Promise(() => undefined);
  return new Promise((resolve, reject) => {
    const stdio = [input === undefined ? "ignore" : "pipe", "pipe", "pipe"];
    const spawnOptions = /** @type {import("node:child_process").SpawnOptions} */ ({ ...options, detached: true, stdio });
    const child = spawn(command, args, spawnOptions);
    const pid = child.pid;
    if (pid !== undefined) runningGroups.add(pid);
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
    child.once("error", reject);
    child.once("close", (code) => {
      if (pid !== undefined) runningGroups.delete(pid);
      if (!isEnding) resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}

/**
 * Ends every command that still runs, with all that it started. Whoever waits for one then waits for ever: the caller is
 * about to exit, and nothing may be reported or started from here on.
 */
export async function endRunningCommands() {
  isEnding = true;
  for (const groupId of runningGroups) sendSignal(-groupId, "SIGKILL");
  await waitUntil(() => runningGroups.size === 0, 5_000);
}

/**
 * The last lines of an output.
 *
 * @param {string} output
 */
export function tailOf(output, lineCount = 30) {
  return withoutColours(output).trimEnd().split("\n").slice(-lineCount).join("\n");
}

/**
 * A text without the colours that tools add for terminals.
 *
 * @param {string} text
 */
export function withoutColours(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours are control characters.
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "");
}
