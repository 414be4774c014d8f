import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { installedProgram, toolEnvironment } from "../stack/packages.mjs";
import { repositoryRoot } from "../stack/repository.mjs";
import { runCommand, tailOf } from "../stack/run-command.mjs";
import { noOutcome } from "./outcome.mjs";

/**
 * Runs the journeys in a real browser and counts them. Without a browser they are named as skipped.
 *
 * @param {{ chromium: string | null, env: Record<string, string | undefined>, reportFolder: string }} options
 * @returns {Promise<import("./outcome.mjs").Outcome>}
 */
export async function checkJourneys({ chromium, env, reportFolder }) {
  const report = join(reportFolder, "playwright.json");
  const args = ["test", "--reporter=json", ...(chromium === null ? ["--list"] : [])];
  const options = { cwd: repositoryRoot, env: { ...toolEnvironment, ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } };
  const { code, output } = await runCommand(installedProgram("playwright"), args, options);
  const outcome = existsSync(report) ? countReport(JSON.parse(readFileSync(report, "utf8")), chromium === null) : noOutcome();
  if (code !== 0 && outcome.failures.length === 0) outcome.failures.push({ name: "playwright", message: tailOf(output, 40) });
  return outcome;
}

/**
 * @typedef {{ message?: string, stack?: string }} ReportedError
 * @typedef {{ status: string, annotations: { type: string, description?: string }[], results: { errors: ReportedError[] }[] }} ReportedTest
 * @typedef {{ title: string, file: string, tests: ReportedTest[] }} ReportedSpec
 * @typedef {{ title: string, specs?: ReportedSpec[], suites?: ReportedSuite[] }} ReportedSuite
 */

/**
 * @param {{ suites: ReportedSuite[], errors: ReportedError[] }} report
 * @param {boolean} hasNoBrowser
 */
function countReport(report, hasNoBrowser) {
  const outcome = noOutcome();
  for (const error of report.errors) outcome.failures.push({ name: "e2e, before any test", message: explain([error]) });
  for (const { name, test } of report.suites.flatMap((suite) => listTests(suite, []))) {
    if (hasNoBrowser) outcome.skipped.push({ name, reason: "no Chromium: install one or name it in CHROMIUM_PATH" });
    else if (test.status === "expected") outcome.passed += 1;
    else if (test.status === "skipped") outcome.skipped.push({ name, reason: skipReason(test) });
    else outcome.failures.push({ name, message: explain(test.results.flatMap(({ errors }) => errors)) });
  }
  return outcome;
}

/**
 * @param {ReportedSuite} suite
 * @param {string[]} parents
 * @returns {{ name: string, test: ReportedTest }[]}
 */
function listTests(suite, parents) {
  const path = [...parents, suite.title];
  const own = (suite.specs ?? []).flatMap((spec) => spec.tests.map((test) => ({ name: ["e2e", ...path, spec.title].join(" > "), test })));
  return [...own, ...(suite.suites ?? []).flatMap((inner) => listTests(inner, path))];
}

/** @param {ReportedTest} test */
function skipReason(test) {
  const note = test.annotations.find(({ type }) => type === "skip" || type === "fixme");
  return note?.description ?? "a test before it failed, or no reason given";
}

/** @param {ReportedError[]} errors */
function explain(errors) {
  return errors.map(({ message, stack }) => tailOf(stack ?? message ?? "no message", 25)).join("\n");
}
