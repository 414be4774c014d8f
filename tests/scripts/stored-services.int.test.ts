import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { startPostgres } from "../../scripts/stack/postgres.mjs";
import { identify, isRunning, sendSignal } from "../../scripts/stack/processes.mjs";
import { startRedis } from "../../scripts/stack/redis.mjs";
import { startTestStack } from "../../scripts/stack/test-stack.mjs";
import { scratchFolder } from "./scratch-folder";

function postgresIn(dataFolder: string, port?: number) {
  return startPostgres({ dataFolder, logFile: join(dataFolder, "postgres.log"), password: "a-test-password", durable: true, port });
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

it("PostgreSQL comes up with UTF-8, its own database and a password", async () => {
  const folder = scratchFolder();
  const postgres = await postgresIn(folder);
  onTestFinished(postgres.stop);
  const rows = await query(
    postgres.url,
    "SELECT current_database() AS name, pg_encoding_to_char(encoding) AS encoding, datctype FROM pg_database WHERE datname = 'maru'",
  );
  expect(rows).toEqual([{ name: "maru", encoding: "UTF8", datctype: "C.UTF-8" }]);
  await query(postgres.url, "CREATE EXTENSION pg_trgm");
  expect(await query(postgres.url, "SELECT similarity('마루 게시판', '게시판') > 0.3 AS similar")).toEqual([{ similar: true }]);
  await expect(query(postgres.url.replace("a-test-password", "another"), "SELECT 1")).rejects.toThrow("password authentication failed");
});

it("PostgreSQL keeps what was committed through kill -9, and starts although the stale lock names a living process", async () => {
  const folder = scratchFolder();
  const first = await postgresIn(folder);
  await query(first.url, "CREATE TABLE note (text text)");
  await query(first.url, "INSERT INTO note VALUES ('남아요')");
  const lock = join(folder, "postgres", "data", "postmaster.pid");
  const { uid, gid } = statSync(join(folder, "postgres", "data"));
  process.kill(first.pid, "SIGKILL");
  await first.exited;
  expect(first.isAlive()).toBe(false);

  // Numbers are used again: here the old server's now belongs to an unrelated process of the same user.
  const rights = process.getuid?.() === 0 ? { uid, gid } : {};
  const stranger = spawn("sleep", ["600"], { stdio: "ignore", ...rights });
  onTestFinished(() => void stranger.kill());
  writeFileSync(lock, readFileSync(lock, "utf8").replace(/^\d+/, String(stranger.pid)));

  const second = await postgresIn(folder, first.port);
  onTestFinished(second.stop);
  expect(second.port).toBe(first.port);
  expect(await query(second.url, "SELECT text FROM note")).toEqual([{ text: "남아요" }]);
});

it("PostgreSQL in use is not taken over by a second start", async () => {
  const folder = scratchFolder();
  const postgres = await postgresIn(folder);
  onTestFinished(postgres.stop);
  await expect(postgresIn(folder)).rejects.toThrow(
    `A PostgreSQL already works in ${join(folder, "postgres", "data")} (process ${postgres.pid})`,
  );
  expect(await query(postgres.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

it("Redis asks for its password, never evicts, and has its entries again after a restart", async () => {
  const folder = scratchFolder();
  const options = { dataFolder: folder, logFile: join(folder, "redis.log"), password: "a-test-password" };
  const first = await startRedis(options);
  const client = new Redis(first.url);
  onTestFinished(() => client.disconnect());
  expect(await client.config("GET", "maxmemory-policy")).toEqual(["maxmemory-policy", "noeviction"]);
  await client.set("note", "남아요");
  await client.quit();
  const stranger = new Redis(first.url.replace("a-test-password", "another"), { lazyConnect: true, retryStrategy: () => null });
  stranger.on("error", () => undefined);
  await expect(stranger.connect().then(() => stranger.ping())).rejects.toThrow();
  stranger.disconnect();
  await first.stop();

  const second = await startRedis({ ...options, port: first.port });
  onTestFinished(second.stop);
  const again = new Redis(second.url);
  onTestFinished(() => again.disconnect());
  expect(await again.get("note")).toBe("남아요");
});

it("two test stacks do not meet, and nothing of them stays", async () => {
  const [one, other] = [await startTestStack(), await startTestStack()];
  const processes = [one, other].flatMap(({ postgresPid, redisPid }) => [identify(postgresPid), identify(redisPid)]);
  await query(one.databaseUrl, "CREATE DATABASE only_here");
  expect(await query(other.databaseUrl, "SELECT 1 FROM pg_database WHERE datname = 'only_here'")).toEqual([]);
  await one.stop();
  await other.stop();
  for (const identity of processes) expect(identity !== null && isRunning(identity)).toBe(false);
  expect([one, other].some(({ folder }) => existsSync(folder))).toBe(false);
});

it("a test stack whose owner was killed is cleared away by the next one", async () => {
  const abandoned = await startTestStack();
  writeFileSync(join(abandoned.folder, "owner"), JSON.stringify({ pid: 999_999_999, started: "another boot/1" }));
  const next = await startTestStack();
  onTestFinished(next.stop);
  expect(existsSync(abandoned.folder)).toBe(false);
  expect(sendSignal(abandoned.postgresPid, "SIGCONT")).toBe(false);
  await abandoned.stop();
});
