/**
 * What a check found, in numbers that can be added up.
 *
 * @typedef {{ passed: number, failures: { name: string, message: string }[], skipped: { name: string, reason: string }[] }} Outcome
 */

/** @returns {Outcome} */
export function noOutcome() {
  return { passed: 0, failures: [], skipped: [] };
}

/**
 * @param {Outcome} into
 * @param {Outcome} outcome
 */
export function addOutcome(into, outcome) {
  into.passed += outcome.passed;
  into.failures.push(...outcome.failures);
  into.skipped.push(...outcome.skipped);
}

/**
 * The outcome of something that either holds or does not.
 *
 * @param {string} name
 * @param {boolean} holds
 * @param {string} message why not
 * @returns {Outcome}
 */
export function single(name, holds, message) {
  return holds ? { ...noOutcome(), passed: 1 } : { ...noOutcome(), failures: [{ name, message }] };
}

/**
 * The line that ends `npm test`.
 *
 * @param {Outcome} outcome
 */
export function closingLine({ passed, failures, skipped }) {
  const line = `${passed} passed, ${failures.length} failed`;
  return skipped.length === 0 ? line : `${line}, ${skipped.length} skipped`;
}

/**
 * Where nothing may be skipped, a skipped test is a failed one.
 *
 * @param {Outcome} outcome
 * @returns {Outcome}
 */
export function refuseSkips({ passed, failures, skipped }) {
  const refused = skipped.map(({ name, reason }) => ({ name, message: `skipped (${reason}), which CI=true does not allow` }));
  return { passed, failures: [...failures, ...refused], skipped: [] };
}
