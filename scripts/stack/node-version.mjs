// This file is read by every Node.js that a machine may carry, so it keeps to syntax and imports that very old ones know.

const required = { major: 20, minor: 19 };

/**
 * The sentence that says why this Node.js is too old, or null when it is new enough.
 *
 * @param {string} version such as "20.19.0"
 * @returns {string | null}
 */
export function nodeVersionProblem(version) {
  const major = Number(version.split(".")[0]);
  const minor = Number(version.split(".")[1]);
  const isNewEnough = major > required.major || (major === required.major && minor >= required.minor);
  if (isNewEnough) return null;
  return `Maru needs Node.js ${required.major}.${required.minor} or newer, and this is Node.js ${version}: install a newer one from https://nodejs.org and try again.`;
}

/** Ends the process with one sentence when its Node.js is too old. */
export function requireNewEnoughNode() {
  const problem = nodeVersionProblem(process.versions.node);
  if (problem === null) return;
  console.error(problem);
  process.exit(1);
}
