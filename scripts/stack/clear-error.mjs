/**
 * A failure that the person at the terminal can understand and act on: it is shown as its sentence alone, without a stack,
 * and the command ends with exit code 1.
 */
export class ClearError extends Error {
  /**
   * @param {string} sentence
   * @param {string} [detail] lines that are shown below the sentence, such as the end of a command's output
   */
  constructor(sentence, detail = "") {
    super(sentence);
    this.name = "ClearError";
    this.detail = detail;
  }
}

/**
 * Shows an error the way a command ends with it: the sentence of a ClearError, everything of an unexpected one.
 *
 * @param {unknown} error
 */
export function showError(error) {
  if (error instanceof ClearError) {
    process.stderr.write(`\n${error.message}\n`);
    if (error.detail) process.stderr.write(`\n${error.detail.trimEnd()}\n`);
  } else {
    process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
}
