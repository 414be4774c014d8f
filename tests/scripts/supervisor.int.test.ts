import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { recordProcess, stopLeftovers } from "../../scripts/stack/process-records.mjs";
import { identify, isRunning, startProcess, stopProcess, waitUntil } from "../../scripts/stack/processes.mjs";
import { inRepository } from "../../scripts/stack/repository.mjs";
import { Supervisor } from "../../scripts/stack/supervisor.mjs";
import { scratchFolder } from "./scratch-folder";

const fixtures = inRepository("tests/scripts/fixtures");

function lasting(name: string, folder: string) {
  const logFile = join(folder, `${name}.log`);
  return {
    name,
    logFile,
    stopSignal: "SIGTERM" as const,
    stopTimeoutMs: 5_000,
    start: async () => {
      const running = await startProcess(process.execPath, [join(fixtures, "lasting-process.mjs"), name, join(folder, "notes")], {
        logFile,
      });
      return {
        ...running,
        stop: () => stopProcess({ pid: running.pid, started: identify(running.pid)?.started ?? "" }, { timeoutMs: 5_000 }),
      };
    },
    // The fixture can only be stopped in order once it listens to the signal.
    isReady: async () => true,
  };
}

function supervise(folder: string) {
  const lines: string[] = [];
  const supervisor = new Supervisor({ runFolder: folder, say: (line) => lines.push(line) });
  onTestFinished(() => supervisor.stop());
  return { supervisor, lines };
}

it("starts a killed service again, and says so", async () => {
  const folder = scratchFolder();
  const { supervisor, lines } = supervise(folder);
  await supervisor.start(lasting("worker", folder));
  const first = supervisor.findPid("worker");
  process.kill(Number(first), "SIGKILL");
  const isBack = await waitUntil(() => ![null, first].includes(supervisor.findPid("worker")), 5_000);
  expect(isBack).toBe(true);
  expect(lines).toEqual(["worker ended (SIGKILL) and is started again"]);
  const record = JSON.parse(readFileSync(join(folder, "worker.json"), "utf8"));
  expect(record.pid).toBe(supervisor.findPid("worker"));
});

it("gives up with the end of the log when a service dies at once, again and again", async () => {
  const folder = scratchFolder();
  const { supervisor } = supervise(folder);
  const logFile = join(folder, "web.log");
  let starts = 0;
  const dying = {
    ...lasting("web", folder),
    logFile,
    isReady: async () => false,
    start: async () => {
      starts += 1;
      const running = await startProcess(process.execPath, ["-e", "console.error('MARU_SECRET is missing'); process.exit(1)"], { logFile });
      return { ...running, stop: async () => undefined };
    },
  };
  const failure = await supervisor.start(dying).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    name: "ClearError",
    message: expect.stringContaining("web does not start"),
    detail: expect.stringContaining("MARU_SECRET is missing"),
  });
  expect(starts).toBe(3);
});

it("stops everything on SIGTERM, the last started first, and leaves no process", async () => {
  const folder = scratchFolder();
  const notes = join(folder, "notes");
  const child = spawn(process.execPath, [join(fixtures, "supervising-process.mjs"), folder, notes], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve) => child.stdout.on("data", (chunk) => String(chunk).includes("ready") && resolve()));
  await waitUntil(() => existsSync(notes) && readFileSync(notes, "utf8").split("child").length === 3, 10_000);
  const grandchildren = [...readFileSync(notes, "utf8").matchAll(/child (\d+)/g)].map((match) => identify(Number(match[1])));
  expect(grandchildren.every((identity) => identity !== null)).toBe(true);
  child.kill("SIGTERM");
  expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
  expect(readFileSync(notes, "utf8").match(/stopped \w+/g)).toEqual(["stopped second", "stopped first"]);
  for (const identity of grandchildren) expect(identity !== null && isRunning(identity)).toBe(false);
  expect(existsSync(join(folder, "first.json"))).toBe(false);
});

it("a later start ends what a killed one left behind, but nobody who merely got the same number", async () => {
  const folder = join(scratchFolder(), "run");
  mkdirSync(folder);
  const logFile = join(folder, "log");
  const left = await startProcess(process.execPath, [join(fixtures, "lasting-process.mjs"), "left", join(folder, "notes")], { logFile });
  const stranger = await startProcess(process.execPath, [join(fixtures, "lasting-process.mjs"), "stranger", join(folder, "notes")], {
    logFile,
  });
  const identity = identify(stranger.pid);
  onTestFinished(() => stopProcess(identity ?? { pid: stranger.pid, started: "" }));
  const details = { order: 0, stopSignal: "SIGKILL" as const, stopTimeoutMs: 5_000 };
  recordProcess(folder, "worker", { pid: left.pid, ...details });
  recordProcess(folder, "web", { pid: stranger.pid, ...details });
  const record = JSON.parse(readFileSync(join(folder, "web.json"), "utf8"));
  const { writeFileSync } = await import("node:fs");
  writeFileSync(join(folder, "web.json"), JSON.stringify({ ...record, started: "another boot/1" }));
  expect(await stopLeftovers(folder)).toEqual(["worker"]);
  expect(left.hasExited()).toBe(true);
  expect(stranger.hasExited()).toBe(false);
});
