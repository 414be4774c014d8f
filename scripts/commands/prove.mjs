import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { writeFigures } from "../checks/proof-figures.mjs";
import { ensureChromium } from "../stack/chromium.mjs";
import { showError } from "../stack/clear-error.mjs";
import { ensureBuild, ensureDependencies, installedProgram, toolEnvironment } from "../stack/packages.mjs";
import { repositoryRoot } from "../stack/repository.mjs";
import { step } from "../stack/steps.mjs";
import { startTestStack } from "../stack/test-stack.mjs";

/**
 * `npm run prove`: the long proofs at full depth, one after the other, because one of them measures times. Arguments go to Vitest, so that
 * one proof can be run alone. Figures are written only by a run in which every proof held.
 *
 * @param {string[]} args
 */
export async function prove(args) {
  try {
    await step("dependencies", async (note) => (await ensureDependencies()) || note("unchanged"));
    await step("build", async (note) => (await ensureBuild()) || note("unchanged"));
    const chromium = await ensureChromium();
    const stack = await step("test stack", () => startTestStack());
    const seed = process.env.PROVE_SEED ?? String(randomInt(2 ** 31));
    const figures = join(stack.folder, "figures.jsonl");
    const env = {
      ...toolEnvironment,
      PROVE: "1",
      PROVE_SEED: seed,
      MARU_PROVE_FIGURES: figures,
      MARU_TEST_DATABASE_URL: stack.databaseUrl,
      MARU_TEST_REDIS_URL: stack.redisUrl,
      MARU_CHROMIUM: chromium ?? "",
    };
    const code = await runInForeground(installedProgram("vitest"), ["run", "--project", "prove", "--no-file-parallelism", ...args], env);
    if (code === 0) {
      const run = { seed, node: process.version, date: new Date().toISOString().slice(0, 10) };
      await step("figures", async (note) => note(`${writeFigures(figures, run)} written`));
    }
    await stack.stop();
    process.exit(code);
  } catch (error) {
    showError(error);
    process.exit(1);
  }
}

/**
 * Runs a program that talks to the terminal itself. It gets the terminal's Ctrl-C too; we wait for its end and then clear
 * away what we started.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, env) {
  const child = spawn(
    command,
    args,
    /** @type {import("node:child_process").SpawnOptions} */ ({ cwd: repositoryRoot, env, stdio: "inherit" }),
  );
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
