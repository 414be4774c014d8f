import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { createCaller, createMaru } from "@maru/api";
import { createActor } from "@maru/api/testing";
import { createLog } from "@maru/platform/log";
import { Redis } from "ioredis";
import pg from "pg";
import sharp from "sharp";
import { startPostgres } from "../../scripts/stack/postgres.mjs";
import { startRedis } from "../../scripts/stack/redis.mjs";
import { inRepository, repositoryRoot } from "../../scripts/stack/repository.mjs";
import { startTestStack } from "../../scripts/stack/test-stack.mjs";

const DATABASE = "maru_faults";
const SECRET = "a secret for tests that is long enough";
const run = promisify(execFile);

/** Resolves when it is so; throws with the name of what never came. */
export const until = async (what: string, condition: () => Promise<boolean>, withinMs: number): Promise<number> => {
  const began = Date.now();
  for (;;) {
    if (await condition().catch(() => false)) return Date.now() - began;
    if (Date.now() - began > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

export type WorkerProcess = {
  readonly pid: number;
  readonly lines: string[];
  kill(signal: NodeJS.Signals): void;
  isRunning(): boolean;
  end(): Promise<void>;
};

/** A worker as built, in a process of its own. */
export const startWorkerProcess = async (env: Record<string, string>): Promise<WorkerProcess> => {
  const child: ChildProcess = spawn(process.execPath, [inRepository("apps/worker/dist/main.js")], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  let rest = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  });
  await until("the worker is ready", async () => lines.some((line) => line.includes("the worker is ready")), 30_000);
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    lines,
    kill: (signal) => void child.kill(signal),
    isRunning,
    end: async () => {
      if (!isRunning()) return;
      const exited = once(child, "exit");
      child.kill("SIGCONT");
      child.kill("SIGKILL");
      await exited;
    },
  };
};

/** A new database as a new installation has it. */
export const makeDatabase = async (serverUrl: string, name: string, env: Record<string, string>): Promise<void> => {
  // `npm test` builds everything first; somebody who runs this file alone may not have.
  if (!existsSync(inRepository("apps/worker/dist/main.js")))
    await run(process.execPath, [inRepository("apps/worker/build.mjs")], { cwd: inRepository("apps/worker") });
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  await run(process.execPath, [inRepository("apps/worker/dist/prepare.js")], { cwd: repositoryRoot, env: { ...process.env, ...env } });
};

/** Everything that can fail, on servers of its own: PostgreSQL, Redis, workers as built, and the domain as the web process has it. */
export const startFaultStack = async () => {
  const stack = await startTestStack({ durable: true });
  const databaseUrl = stack.databaseUrl.replace(/\/[^/]+$/, `/${DATABASE}`);
  const dataDir = join(stack.folder, "data");
  await mkdir(dataDir, { recursive: true });
  const env = {
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    REDIS_URL: stack.redisUrl,
    MARU_DATA_DIR: dataDir,
    MARU_SECRET: SECRET,
    WORKER_PORT: "0",
  };
  await makeDatabase(stack.databaseUrl, DATABASE, env);
  const log = createLog({ service: "web", level: "silent" });
  const maru = createMaru({ databaseUrl, redisUrl: stack.redisUrl, dataDir, secret: SECRET, poolSize: 5, processName: "web", log });
  const { prisma } = maru.database;
  const redis = new Redis(stack.redisUrl, { maxRetriesPerRequest: 0, enableOfflineQueue: false, retryStrategy: () => 200 });
  redis.on("error", () => {});
  const workers: WorkerProcess[] = [];

  const member = await prisma.role.findUniqueOrThrow({ where: { key: "member" }, include: { permissions: true } });
  const hire = async (name: string) => {
    const actor = await createActor(prisma, { name, permissions: [] });
    await prisma.roleAssignment.create({ data: { id: crypto.randomUUID(), accountId: actor.accountId ?? "", roleId: member.id } });
    return { ...actor, permissions: new Set(member.permissions.map(({ permission }) => permission)) };
  };
  const people = { hong: await hire("홍길동"), kim: await hire("김영희") };
  type Person = typeof people.hong;
  const contextFor = (actor: Person) => maru.contextFor({ actor, requestId: crypto.randomUUID() });
  const as = (actor: Person) =>
    createCaller({
      app: contextFor(actor),
      guest: contextFor(actor),
      requestId: crypto.randomUUID(),
      origin: { address: "127.0.0.1", userAgent: null },
    });

  const passwordOf = (url: string) => decodeURIComponent(new URL(url).password);
  const portOf = (url: string) => Number(new URL(url).port);
  let restarted: { stop(): Promise<void> }[] = [];
  const restart = async (start: typeof startRedis | typeof startPostgres, url: string, name: string): Promise<void> => {
    const logFile = join(stack.folder, `${name}.log`);
    restarted.push(await start({ dataFolder: stack.folder, logFile, password: passwordOf(url), port: portOf(url), durable: true }));
  };

  return {
    maru,
    redis,
    people,
    as,
    contextFor,
    startWorker: async (): Promise<WorkerProcess> => {
      const worker = await startWorkerProcess(env);
      workers.push(worker);
      return worker;
    },
    endWorkers: async () => void (await Promise.all(workers.splice(0).map((worker) => worker.end()))),
    /** Kills it as a crash would. */
    killRedis: () => process.kill(stack.redisPid, "SIGKILL"),
    startRedis: () => restart(startRedis, stack.redisUrl, "redis"),
    killPostgres: () => process.kill(stack.postgresPid, "SIGKILL"),
    startPostgres: () => restart(startPostgres, stack.databaseUrl, "postgres"),
    stop: async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.end()));
      redis.disconnect();
      await maru.close();
      for (const one of restarted) await one.stop();
      restarted = [];
      await stack.stop();
    },
  };
};
export type FaultStack = Awaited<ReturnType<typeof startFaultStack>>;

/** Pictures that differ, large enough that making their variants takes a while. */
export const drawPictures = (count: number, side = 1_600): Promise<Buffer[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      sharp({
        create: {
          width: side,
          height: side,
          channels: 3,
          background: { r: (index * 37) % 256, g: (index * 91) % 256, b: index },
          noise: { type: "gaussian", mean: 128, sigma: 40 },
        },
      })
        .jpeg({ quality: 85 })
        .toBuffer(),
    ),
  );
