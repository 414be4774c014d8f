import { mkdir } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createCaller, createMaru } from "@maru/api";
import { PERMISSIONS } from "@maru/api/permissions";
import { createActor } from "@maru/api/testing";
import { newId } from "@maru/platform/crypto/id";
import { createLog } from "@maru/platform/log";
import pg from "pg";
import { startTestStack, type TestStack } from "../../scripts/stack/test-stack.mjs";
import { makeDatabase, startWorkerProcess, until, type WorkerProcess } from "./fault-stack";

const SECRET = "a secret for tests that is long enough";
const FAR = new Date("2999-01-01T00:00:00Z");
type Maru = ReturnType<typeof createMaru>;

/** Somebody who may do everything, and has just given her password. */
const createAdmin = async ({ database: { prisma } }: Maru) => {
  const actor = await createActor(prisma, { name: "관리자", permissions: PERMISSIONS });
  const sessionId = newId();
  await prisma.session.create({ data: { id: sessionId, accountId: actor.accountId ?? "", kind: "WEB", expiresAt: FAR, provedAt: FAR } });
  return { ...actor, sessionId };
};
type Admin = Awaited<ReturnType<typeof createAdmin>>;

/** Takes a lock that somebody else will have to wait for, until it is let go. */
const holdIn = async (databaseUrl: string, statement: string) => {
  const holder = new pg.Client({ connectionString: databaseUrl });
  // A test that fails leaves it behind, and the server ends it.
  holder.on("error", () => {});
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(statement);
  // Not pg_stat_activity: within a transaction it shows for ever who was there at the first look.
  const waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))";
  return {
    untilAwaited: () => until(`somebody waits behind ${statement}`, async () => ((await holder.query(waiting)).rowCount ?? 0) > 0, 90_000),
    letGo: async () => {
      await holder.query("ROLLBACK");
      await holder.end();
    },
  };
};

/** An installation: its database, its part of Redis, its administrator, and workers as built. */
const openHouse = async (stack: TestStack, databaseUrl: string, redisUrl: string, admin: Admin | null) => {
  const dataDir = join(stack.folder, "data");
  const log = createLog({ service: "web", level: "silent" });
  const maru = createMaru({ databaseUrl, redisUrl, dataDir, secret: SECRET, poolSize: 2, processName: "web", log });
  const actor = admin ?? (await createAdmin(maru));
  const app = maru.contextFor({ actor, requestId: newId() });
  const caller = createCaller({ app, guest: app, requestId: newId(), origin: { address: "127.0.0.1", userAgent: null } });
  const env = environmentOf(databaseUrl, redisUrl, dataDir);
  const workers: WorkerProcess[] = [];
  let closed: Promise<void> | undefined;
  const startWorker = async (): Promise<WorkerProcess> => {
    const worker = await startWorkerProcess(env);
    workers.push(worker);
    return worker;
  };
  /** Waits until a run has come to an end of itself, and gives what its page shows then. */
  const ended = async (id: string, withinMs: number) => {
    const isOver = async () => ["DONE", "FAILED", "WAITING_APPROVAL"].includes((await caller.sync.getRun({ id })).state);
    await until("the run has ended", isOver, withinMs);
    return caller.sync.getRun({ id });
  };
  return {
    db: maru.database.prisma,
    pool: maru.database.pool,
    admin: actor,
    sync: caller.sync,
    startWorker,
    ended,
    run: async (sourceId: string, options: { isDryRun: boolean }) =>
      ended((await caller.sync.startRun({ sourceId, ...options })).id, 60_000),
    hold: (statement: string) => holdIn(databaseUrl, statement),
    close: (): Promise<void> => {
      closed ??= Promise.all(workers.map((worker) => worker.end())).then(() => maru.close());
      return closed;
    },
  };
};
export type House = Awaited<ReturnType<typeof openHouse>>;

const environmentOf = (databaseUrl: string, redisUrl: string, dataDir: string): Record<string, string> => ({
  NODE_ENV: "production",
  DATABASE_URL: databaseUrl,
  REDIS_URL: redisUrl,
  MARU_DATA_DIR: dataDir,
  MARU_SECRET: SECRET,
  MARU_WORKER_POOL_SIZE: "4",
  WORKER_PORT: "0",
});

/** Servers for several installations that know nothing of each other. */
export const startSyncStage = async () => {
  const stack = await startTestStack();
  const houses: House[] = [];
  let count = 0;
  const placeOf = (name: string) => stack.databaseUrl.replace(/\/[^/]+$/, `/${name}`);
  const keep = async (opening: Promise<House>): Promise<House> => {
    const house = await opening;
    houses.push(house);
    return house;
  };
  await mkdir(join(stack.folder, "data"), { recursive: true });
  return {
    /** A new installation. */
    build: async () => {
      const redisUrl = `${stack.redisUrl}/${count++}`;
      await makeDatabase(stack.databaseUrl, "sync_plan", environmentOf(placeOf("sync_plan"), redisUrl, join(stack.folder, "data")));
      return keep(openHouse(stack, placeOf("sync_plan"), redisUrl, null));
    },
    /** Another one, in which everything stands as in the first; that one must be closed. */
    copy: async (admin: Admin) => {
      const name = `sync_${count}`;
      const redisUrl = `${stack.redisUrl}/${count++}`;
      const client = new pg.Client({ connectionString: stack.databaseUrl });
      await client.connect();
      await client.query(`CREATE DATABASE ${name} TEMPLATE sync_plan`);
      await client.end();
      return keep(openHouse(stack, placeOf(name), redisUrl, admin));
    },
    stop: async () => {
      await Promise.all(houses.map((house) => house.close()));
      await stack.stop();
    },
  };
};
export type SyncStage = Awaited<ReturnType<typeof startSyncStage>>;

/** A line to a server, at the address that its certificate names, which can be held in the middle of an answer. */
export const openLine = async (address: string, port: number) => {
  let passed = 0;
  let room = Number.POSITIVE_INFINITY;
  const held = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(port, address);
    near.pipe(far);
    far.on("data", (chunk) => {
      near.write(chunk);
      passed += chunk.length;
      if (passed >= room) held.add(far.pause());
    });
    const end = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
  });
  await new Promise<void>((resolve) => line.listen(0, address, resolve));
  const { port: ownPort } = line.address() as { port: number };
  return {
    url: `ldaps://${address}:${ownPort}`,
    /** How much of the server's has gone through since the last question. */
    countBytes: (): number => {
      const counted = passed;
      passed = 0;
      return counted;
    },
    holdAfter: (bytes: number) => {
      passed = 0;
      room = bytes;
    },
    isHeld: () => held.size > 0,
    letGo: () => {
      room = Number.POSITIVE_INFINITY;
      for (const far of held) far.resume();
      held.clear();
    },
    close: () => line.close(),
  };
};
