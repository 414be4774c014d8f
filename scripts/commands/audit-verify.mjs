import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ClearError, showError } from "../stack/clear-error.mjs";
import { chooseDataFolder } from "../stack/data-folder.mjs";
import { findDatabaseUser } from "../stack/database-user.mjs";
import { ensureBuild, ensureDependencies } from "../stack/packages.mjs";
import { findRunningUrl } from "../stack/postgres.mjs";
import { inRepository, repositoryRoot } from "../stack/repository.mjs";

/** 0 says that the log is whole and 1 that it is not; whatever kept us from finding out is neither. */
const couldNotVerify = 2;

/**
 * `npm run audit:verify`: verifies the audit log of the database that DATABASE_URL names, or of the Maru that runs from the data folder.
 */
export async function auditVerify() {
  try {
    if (existsSync(inRepository(".env"))) process.loadEnvFile(inRepository(".env"));
    const env = findLog();
    await ensureDependencies();
    await ensureBuild();
    const program = inRepository("apps/worker/dist/audit-verify.js");
    const { status } = spawnSync(process.execPath, [program], { cwd: repositoryRoot, env: { ...process.env, ...env }, stdio: "inherit" });
    process.exit(status ?? couldNotVerify);
  } catch (error) {
    showError(error);
    process.exit(couldNotVerify);
  }
}

/** Where the log, its key and its anchors are. */
function findLog() {
  const { folder } = chooseDataFolder(process.env, process.env.DATABASE_URL ? null : findDatabaseUser());
  const secrets = readSecrets(folder);
  const databaseUrl = process.env.DATABASE_URL || (secrets && findRunningUrl(folder, secrets.databasePassword));
  if (!databaseUrl) {
    throw new ClearError(
      `No Maru runs with the data folder ${folder}: start it with npm start, or name its database with DATABASE_URL and its folder with MARU_DATA_DIR.`,
    );
  }
  const secret = process.env.MARU_SECRET || secrets?.secret;
  if (!secret) throw new ClearError("The log is sealed with MARU_SECRET, which is not set: set it to the one that Maru runs with.");
  return { DATABASE_URL: databaseUrl, MARU_SECRET: secret, MARU_DATA_DIR: folder };
}

/**
 * The secrets that `npm start` made in a data folder, or null where it made none.
 *
 * @param {string} folder
 * @returns {import("../stack/secrets.mjs").Secrets | null}
 */
function readSecrets(folder) {
  const file = join(folder, "secrets.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}
