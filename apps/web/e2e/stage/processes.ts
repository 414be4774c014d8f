import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { stage } from "./env";

type Service = "web" | "worker";

const pidOf = (service: Service): number => {
  const record = JSON.parse(readFileSync(join(stage.runFolder(), `${service}.json`), "utf8")) as { pid: number };
  return record.pid;
};

const isWebReady = async (): Promise<boolean> => (await fetch(`${stage.url()}/readyz`).catch(() => null))?.ok ?? false;

/** Stops both processes of the product; its supervisor brings them back. */
export const restartProduct = async (): Promise<void> => {
  const before = { web: pidOf("web"), worker: pidOf("worker") };
  for (const pid of Object.values(before)) process.kill(pid, "SIGTERM");
  await expect.poll(() => pidOf("web") !== before.web && pidOf("worker") !== before.worker, { timeout: 45_000 }).toBe(true);
  await expect.poll(isWebReady, { timeout: 45_000 }).toBe(true);
};

/** Freezes the worker while something happens, and lets it go on afterwards whatever came of it. */
export const whileWorkerSleeps = async (happen: () => Promise<void>): Promise<void> => {
  const pid = pidOf("worker");
  process.kill(pid, "SIGSTOP");
  try {
    await happen();
  } finally {
    process.kill(pid, "SIGCONT");
  }
};

/** The notification streams that the product holds open. */
export const countStreams = async (): Promise<number> => {
  const metrics = await (await fetch(`${stage.url()}/metrics`)).text();
  return Number(/^maru_open_streams\{[^}]*\} (\d+)$/m.exec(metrics)?.[1] ?? Number.NaN);
};
