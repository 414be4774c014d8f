import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { installedProgram, toolEnvironment } from "../stack/packages.mjs";
import { inRepository, repositoryRoot } from "../stack/repository.mjs";
import { runCommand, tailOf } from "../stack/run-command.mjs";
import { noOutcome, single } from "./outcome.mjs";

/**
 * Runs Vitest projects and counts their tests.
 *
 * @param {{ projects: string[], env: Record<string, string | undefined>, reportFolder: string, coverage?: boolean }} options
 * @returns {Promise<import("./outcome.mjs").Outcome>}
 */
export async function checkVitest({ projects, env, reportFolder, coverage = false }) {
  const report = join(reportFolder, "vitest.json");
  const args = [
    "run",
    ...projects.flatMap((project) => ["--project", project]),
    "--reporter",
    inRepository("scripts/checks/vitest-reporter.mjs"),
  ];
  if (coverage) args.push("--coverage.enabled", `--coverage.reportsDirectory=${coverageFolder(reportFolder)}`);
  const options = { cwd: repositoryRoot, env: { ...toolEnvironment, ...env, MARU_TEST_REPORT: report } };
  const { code, output } = await runCommand(installedProgram("vitest"), args, options);
  const outcome = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : noOutcome();
  if (code !== 0 && outcome.failures.length === 0) outcome.failures.push({ name: "vitest", message: tailOf(output, 40) });
  return outcome;
}

const measuredFolders = ["packages/api", "packages/platform", "apps/worker"];
const leastLinePercent = 80;

/**
 * The share of lines that the tests ran, for each part that carries the product's logic.
 *
 * @param {string} reportFolder
 * @returns {{ lines: string[], outcome: import("./outcome.mjs").Outcome }}
 */
export function checkCoverage(reportFolder) {
  const file = join(coverageFolder(reportFolder), "coverage-summary.json");
  if (!existsSync(file)) return { lines: [], outcome: single("coverage", false, "Vitest wrote no coverage report.") };
  const summary = JSON.parse(readFileSync(file, "utf8"));
  const shares = measuredFolders.map((folder) => ({ folder, percent: linePercent(summary, `${inRepository(folder)}/`) }));
  const low = shares.filter(({ percent }) => percent < leastLinePercent);
  const lines = shares.map(({ folder, percent }) => `${folder} ${percent.toFixed(1)} %`);
  const message = `Fewer than ${leastLinePercent} % of the lines are covered in ${low.map(({ folder }) => folder).join(", ")}.`;
  return { lines, outcome: single("coverage", low.length === 0, message) };
}

/**
 * @param {Record<string, { lines: { total: number, covered: number } }>} summary
 * @param {string} folder
 */
function linePercent(summary, folder) {
  const files = Object.entries(summary).filter(([path]) => path.startsWith(folder));
  const total = files.reduce((sum, [, { lines }]) => sum + lines.total, 0);
  const covered = files.reduce((sum, [, { lines }]) => sum + lines.covered, 0);
  return total === 0 ? 0 : (100 * covered) / total;
}

/** @param {string} reportFolder */
function coverageFolder(reportFolder) {
  return join(reportFolder, "coverage");
}
