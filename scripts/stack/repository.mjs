import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this checkout. */
export const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * A path inside this checkout.
 *
 * @param {...string} parts
 */
export function inRepository(...parts) {
  return join(repositoryRoot, ...parts);
}
