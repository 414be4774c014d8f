import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ secret: string, databasePassword: string, redisPassword: string }} Secrets */

/**
 * The generated secrets of this data folder, made at the first start and readable for us alone.
 *
 * @param {string} dataFolder
 * @returns {Secrets & { areNew: boolean }}
 */
export function readOrCreateSecrets(dataFolder) {
  const file = join(dataFolder, "secrets.json");
  if (existsSync(file)) return { ...JSON.parse(readFileSync(file, "utf8")), areNew: false };
  const secrets = { secret: generate(), databasePassword: generate(), redisPassword: generate() };
  // Written beside and renamed, so that a full disk never leaves half a file of secrets.
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return { ...secrets, areNew: true };
}

/** 192 random bits as letters and digits that need no escaping in an address, a configuration file or SQL. */
export function generate() {
  return randomBytes(24).toString("hex");
}
