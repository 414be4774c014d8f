import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@maru/db/client";
import { latestMigration } from "@maru/db/migrate";
import type { Log } from "@maru/platform/log";
import { readRedisFaults } from "@maru/platform/queue/redis-requirements";
import type { Redis } from "ioredis";

/** Boot can't go on, and why: one sentence for each reason. */
export class BootFailure extends Error {
  readonly reasons: readonly string[];
  constructor(reasons: readonly string[]) {
    super(reasons.join("; "));
    this.reasons = reasons;
  }
}

export const refuse = (reasons: readonly string[]): void => {
  if (reasons.length > 0) throw new BootFailure(reasons);
};

const RETRY_MS = 1_000;
const DATABASE_PATIENCE_MS = 60_000;

/** Waits for the database as a machine that starts everything at once needs it, but not for ever: its address may be wrong. */
export const awaitDatabase = async (pool: Database["pool"], log: Log, patienceMs = DATABASE_PATIENCE_MS): Promise<void> => {
  const until = performance.now() + patienceMs;
  for (let isFirst = true; ; isFirst = false) {
    try {
      await pool.query("SELECT 1");
      return;
    } catch (error) {
      if (performance.now() > until) throw new BootFailure([`the database does not answer: ${(error as Error).message}`]);
      if (isFirst) log.warn({ err: (error as Error).message }, "waiting for the database");
      await sleep(RETRY_MS);
    }
  }
};

/** A worker without Redis waits for it as long as it takes; what it finds then must be good enough. */
export const awaitRedis = async (connection: Redis, signal: AbortSignal): Promise<void> => {
  while (connection.status !== "ready") await sleep(100, undefined, { signal });
  refuse(await readRedisFaults(connection));
};

/** Whether the database stands where this build expects it: not behind, and not ahead either. */
export const findMigrationFaults = async (pool: Database["pool"], migrationsFolder: string): Promise<string[]> => {
  const wanted = await latestMigration(migrationsFolder);
  if (!wanted) return [`there are no migrations in ${migrationsFolder}: the build is not whole`];
  const { rows: tables } = await pool.query<{ known: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known");
  if (!tables[0]?.known) return ["the database was never migrated: run prepare.js first"];
  const { rows } = await pool.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name DESC LIMIT 1",
  );
  const standing = rows[0]?.migration_name;
  if (standing === wanted) return [];
  return standing === undefined || standing < wanted
    ? [`the database stands at ${standing ?? "nothing"}, this build needs ${wanted}: run prepare.js first`]
    : [`the database stands at ${standing}, which is ahead of this build's ${wanted}: start the newer build`];
};
