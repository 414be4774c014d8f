import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { prepareDataFolder, writeProbe } from "../../scripts/stack/data-folder.mjs";
import { lockDataFolder } from "../../scripts/stack/instance-lock.mjs";
import { findFreePort } from "../../scripts/stack/ports.mjs";
import { inRepository } from "../../scripts/stack/repository.mjs";
import { scratchFolder } from "./scratch-folder";

const isRoot = process.getuid?.() === 0;

/** Runs the real `npm start` program; every refusal here comes before anything is installed or started. */
function runStart(args: string[], env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [inRepository("scripts/start.mjs"), ...args], {
      env: { ...process.env, DATABASE_URL: "", REDIS_URL: "", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.once("close", (code) => resolve({ code, output }));
  });
}

function expectOneSentence(output: string, sentence: RegExp): void {
  expect(output).toMatch(sentence);
  expect(output).not.toMatch(/^\s+at /m);
}

it("names a taken port and how to choose another", async () => {
  const port = await findFreePort();
  const listener = createServer().listen(port, "127.0.0.1");
  onTestFinished(() => void listener.close());
  const { code, output } = await runStart([], { PORT: String(port), MARU_DATA_DIR: scratchFolder() });
  expect(code).toBe(1);
  expectOneSentence(output, new RegExp(`Port ${port} is already taken.*PORT=${port + 1}`));
});

it("refuses a second start on the same data folder, and names the first one's process", async () => {
  const folder = scratchFolder();
  prepareDataFolder(folder);
  const unlock = lockDataFolder(folder);
  const refused = await runStart([], { MARU_DATA_DIR: folder, PORT: "0" });
  expect(refused.code).toBe(1);
  expectOneSentence(refused.output, new RegExp(`already runs with the data folder ${folder} \\(process ${process.pid}\\)`));
  unlock();
  const again = lockDataFolder(folder);
  again();
});

it("takes over the lock of a process that is gone, though its number is used again", () => {
  const folder = scratchFolder();
  prepareDataFolder(folder);
  writeFileSync(join(folder, "run", "lock"), JSON.stringify({ pid: process.pid, started: "some other boot/1" }));
  const unlock = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow("already runs");
  unlock();
  expect(existsSync(join(folder, "run", "lock"))).toBe(false);
});

it("refuses --reset where there is no terminal to ask, and deletes nothing", async () => {
  const folder = scratchFolder();
  prepareDataFolder(folder);
  writeFileSync(join(folder, "precious"), "");
  const { code, output } = await runStart(["--reset"], { MARU_DATA_DIR: folder });
  expect(code).toBe(1);
  expectOneSentence(output, /--reset deletes everything in .* add --yes/);
  expect(existsSync(join(folder, "precious"))).toBe(true);
});

it("does not empty a folder that held other things before", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "precious"), "");
  const { code, output } = await runStart(["--reset", "--yes"], { MARU_DATA_DIR: folder, PORT: "0" });
  expect(code).toBe(1);
  expectOneSentence(output, /held other things before Maru used it/);
  expect(existsSync(join(folder, "precious"))).toBe(true);
});

it("says that a file stands where the data folder should be", async () => {
  const file = join(scratchFolder(), "data");
  writeFileSync(file, "");
  const { code, output } = await runStart([], { MARU_DATA_DIR: file });
  expect(code).toBe(1);
  expectOneSentence(output, /is not a folder/);
});

it("says that the data folder may not be read, and by whom", () => {
  const folder = join(scratchFolder(), "data");
  mkdirSync(folder);
  chmodSync(folder, isRoot ? 0o700 : 0o000);
  // Root may read everything, so as root the check runs with the rights of another user.
  const asOther = isRoot ? "process.setegid(65534); process.seteuid(65534);" : "";
  const script = `const { prepareDataFolder } = await import(${JSON.stringify(inRepository("scripts/stack/data-folder.mjs"))});
    ${asOther} try { prepareDataFolder(${JSON.stringify(folder)}); } catch (error) { console.log(error.name, error.message); }`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(stdout).toMatch(/^ClearError The data folder .* cannot be read and written by the user /);
});

it("says that the disk is full", async () => {
  // The device that is always full answers a real write as a full disk does.
  expect(() => writeProbe("/dev/full", { keep: true })).toThrow(expect.objectContaining({ code: "ENOSPC" }));
  const folder = scratchFolder();
  const isMounted = isRoot && spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]).status === 0;
  if (!isMounted) return;
  onTestFinished(() => void spawnSync("umount", [folder]));
  const { code, output } = await runStart([], { MARU_DATA_DIR: folder });
  expect(code).toBe(1);
  expectOneSentence(output, /The disk that holds .* is full: Maru needs at least \d+ MB there/);
});

it("explains an option that does not exist", async () => {
  const { code, output } = await runStart(["--rest"], {});
  expect(code).toBe(1);
  expectOneSentence(output, /There is no option --rest/);
});
