import { join } from "node:path";
import { checkJourneys } from "../checks/e2e-check.mjs";
import { addOutcome, closingLine, noOutcome, refuseSkips, single } from "../checks/outcome.mjs";
import { checkBoundaries, checkStyle, checkTypes } from "../checks/tool-checks.mjs";
import { checkCoverage, checkVitest } from "../checks/vitest-check.mjs";
import { ensureChromium } from "../stack/chromium.mjs";
import { ClearError } from "../stack/clear-error.mjs";
import { ensureDirectoryPrograms } from "../stack/directory-programs.mjs";
import { ensureBuild, ensureDependencies } from "../stack/packages.mjs";
import { endRunningCommands, withoutColours } from "../stack/run-command.mjs";
import { step } from "../stack/steps.mjs";
import { sweepAbandonedTestFolders } from "../stack/test-folder.mjs";
import { startTestStack } from "../stack/test-stack.mjs";

/**
 * `npm test`: sets up what the tests need, runs every check one after the other, and ends with one line of figures.
 */
export async function test() {
  const total = noOutcome();
  const cleaner = new Cleaner();
  try {
    await runAll(total, cleaner);
  } catch (error) {
    const message =
      error instanceof ClearError ? `${error.message}\n${error.detail}` : String(error instanceof Error ? error.stack : error);
    total.failures.push({ name: "set-up", message });
  }
  await cleaner.clean();
  const outcome = process.env.CI === "true" ? refuseSkips(total) : total;
  show(outcome);
  process.exit(outcome.failures.length === 0 ? 0 : 1);
}

/**
 * @param {import("../checks/outcome.mjs").Outcome} total
 * @param {Cleaner} cleaner
 */
async function runAll(total, cleaner) {
  await step("dependencies", async (note) => (await ensureDependencies()) || note("unchanged"));
  const chromium = await step("Chromium", async (note) => {
    const program = await ensureChromium();
    note(program ?? "none");
    return program;
  });
  // The tests that need one start it, and say why they can't; installing is slow and has its time here.
  await step("directory servers", async (note) => {
    const obstacles = [await ensureDirectoryPrograms("ad"), await ensureDirectoryPrograms("openldap")];
    note(obstacles.filter((obstacle) => obstacle !== null).join("; ") || "Samba, OpenLDAP");
  });
  await count(total, "format and lint", checkStyle);
  await count(total, "types", checkTypes);
  await count(total, "boundaries", checkBoundaries);
  const build = await count(total, "build", checkBuild);

  const stack = await step("test stack", () => startTestStack());
  cleaner.own(stack);
  const reportFolder = join(stack.folder, "reports");
  const env = {
    MARU_TEST_DATABASE_URL: stack.databaseUrl,
    MARU_TEST_REDIS_URL: stack.redisUrl,
    ...(chromium === null ? {} : { MARU_CHROMIUM: chromium }),
  };
  // The proofs run at sample depth here: `npm run prove` takes them all the way.
  const projects = ["unit", "architecture", "integration", "prove"];
  await count(total, "unit to proofs", () => checkVitest({ projects, env, reportFolder, coverage: true }));
  await count(total, "coverage", async (note) => {
    const { lines, outcome } = checkCoverage(reportFolder);
    note(lines.join(", "));
    return outcome;
  });
  // A browser on a product that could not be built would only repeat the same failure.
  if (build.failures.length === 0) await count(total, "e2e", () => checkJourneys({ chromium, env, reportFolder }));
}

async function checkBuild() {
  try {
    await ensureBuild();
    return single("build", true, "");
  } catch (error) {
    if (error instanceof ClearError) return single("build", false, error.detail || error.message);
    throw error;
  }
}

/**
 * Runs one check as a step and adds it up.
 *
 * @param {import("../checks/outcome.mjs").Outcome} total
 * @param {string} name
 * @param {(note: (text: string) => void) => Promise<import("../checks/outcome.mjs").Outcome>} check
 */
function count(total, name, check) {
  return step(name, async (note) => {
    let remark = "";
    const outcome = await check((text) => {
      remark = `  ${text}`;
    });
    note(`${closingLine(outcome)}${remark}`);
    addOutcome(total, outcome);
    return outcome;
  });
}

/** @param {import("../checks/outcome.mjs").Outcome} outcome */
function show(outcome) {
  const lines = [""];
  for (const { name, reason } of outcome.skipped) lines.push(`skipped: ${name} (${reason})`);
  for (const { name, message } of outcome.failures) {
    lines.push(
      `FAILED: ${name}`,
      ...withoutColours(message)
        .split("\n")
        .map((line) => `    ${line}`),
      "",
    );
  }
  process.stdout.write(`${lines.join("\n")}\n${closingLine(outcome)}\n`);
}

/** Takes everything away again, also when the run is interrupted. */
class Cleaner {
  /** @type {import("../stack/test-stack.mjs").TestStack | null} */
  #stack = null;
  #isInterrupted = false;

  constructor() {
    for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => this.#interrupt());
  }

  /** @param {import("../stack/test-stack.mjs").TestStack} stack */
  own(stack) {
    this.#stack = stack;
  }

  async clean() {
    await this.#stack?.stop();
    this.#stack = null;
  }

  async #interrupt() {
    if (this.#isInterrupted) return;
    this.#isInterrupted = true;
    await endRunningCommands();
    await this.clean();
    // Tests that were just ended may have had servers of their own.
    await sweepAbandonedTestFolders();
    process.exit(130);
  }
}
