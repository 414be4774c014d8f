/**
 * Runs one step and shows it with its time: `  ✓ dependencies  12.3 s`. On a terminal the running step is visible
 * meanwhile; elsewhere only the finished line is written.
 *
 * @template T
 * @param {string} name
 * @param {(note: (text: string) => void) => Promise<T>} work `note` adds a remark to the finished line
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const startedAt = performance.now();
  const isTerminal = process.stdout.isTTY === true;
  let remark = "";
  if (isTerminal) process.stdout.write(`  … ${name}`);
  const finish = (/** @type {string} */ mark) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${isTerminal ? "\r\u001b[2K" : ""}  ${mark} ${name.padEnd(20)} ${seconds.padStart(6)} s${remark}\n`);
  };
  try {
    const result = await work((text) => {
      remark = `  ${text}`;
    });
    finish("✓");
    return result;
  } catch (error) {
    finish("✗");
    throw error;
  }
}
