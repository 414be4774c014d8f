import { fileURLToPath } from "node:url";
import { syncBuiltInRoles } from "@maru/api/identity/service";
import { openDatabase } from "@maru/db/client";
import { fillSearchKeys } from "@maru/db/fill-search-keys";
import { applyMigrations } from "@maru/db/migrate";
import { createLog, type Log } from "@maru/platform/log";
import { readPrepareEnv } from "./env";

const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));

const fillDatabase = async (databaseUrl: string, log: Log): Promise<void> => {
  const database = openDatabase({
    url: databaseUrl,
    poolSize: 2,
    applicationName: "maru prepare",
    onError: (error) => log.warn({ err: error.message }),
  });
  try {
    await syncBuiltInRoles(database);
    const filled = await fillSearchKeys(database);
    if (filled > 0) log.info({ filled }, "people and departments can be searched");
  } finally {
    await database.close();
  }
};

/** Brings the database to this build's state. Safe to run again and again, and by two at once: migrations wait for each other. */
const prepare = async (): Promise<void> => {
  const env = readPrepareEnv();
  const log = createLog({ service: "prepare", level: env.LOG_LEVEL });
  const applied = await applyMigrations(env.DATABASE_URL, MIGRATIONS);
  log.info({ applied }, applied.length > 0 ? "migrations were applied" : "the database is at this build's migration");
  await fillDatabase(env.DATABASE_URL, log);
  if (process.argv.includes("--demo")) {
    const { seedDemo } = await import("@maru/db/seed");
    await seedDemo({ databaseUrl: env.DATABASE_URL, dataDir: env.MARU_DATA_DIR, log });
  }
  await new Promise<void>((resolve) => log.flush(() => resolve()));
};

await prepare();
