import { writeFileSync } from "node:fs";
import { relative } from "node:path";

/**
 * Writes what `npm test` counts: each test's name with its failures, the reason of each skip, files that could not even be
 * loaded, and errors outside any test. Vitest's own JSON reporter leaves out the last two and the reasons.
 */
export default class CountingReporter {
  /**
   * @param {ReadonlyArray<import("vitest/node").TestModule>} modules
   * @param {ReadonlyArray<import("vitest").SerializedError>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {import("./outcome.mjs").Outcome} */
    const outcome = { passed: 0, failures: [], skipped: [] };
    for (const module of modules) countModule(module, outcome);
    for (const error of unhandledErrors) outcome.failures.push({ name: "an error outside any test", message: explain([error]) });
    writeFileSync(String(process.env.MARU_TEST_REPORT), JSON.stringify(outcome));
  }
}

/**
 * @param {import("vitest/node").TestModule} module
 * @param {import("./outcome.mjs").Outcome} outcome
 */
function countModule(module, outcome) {
  const file = relative(process.cwd(), module.moduleId);
  const ownErrors = module.errors();
  if (ownErrors.length > 0) outcome.failures.push({ name: file, message: explain(ownErrors) });
  for (const suite of module.children.allSuites()) {
    const errors = suite.errors();
    if (errors.length > 0) outcome.failures.push({ name: `${file} > ${suite.fullName}`, message: explain(errors) });
  }
  for (const test of module.children.allTests()) {
    const name = `${file} > ${test.fullName}`;
    const result = test.result();
    if (result.state === "passed") outcome.passed += 1;
    else if (result.state === "failed") outcome.failures.push({ name, message: explain(result.errors) });
    else outcome.skipped.push({ name, reason: (result.state === "skipped" && result.note) || "no reason given" });
  }
}

/** @param {ReadonlyArray<{ message: string, stack?: string, diff?: string }>} errors */
function explain(errors) {
  return errors.map(({ message, stack, diff }) => [message, diff, stackLines(message, stack)].filter(Boolean).join("\n")).join("\n");
}

/**
 * The stack's first places; its head only repeats the message.
 *
 * @param {string} message
 * @param {string | undefined} stack
 */
function stackLines(message, stack = "") {
  const rest = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack;
  return rest
    .split("\n")
    .filter((line) => line.includes(" at ") && !line.includes("node_modules"))
    .slice(0, 5)
    .join("\n");
}
