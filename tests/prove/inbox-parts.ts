import { createCaller, createMaru } from "@maru/api";
import { GUEST_ACTOR, syncBuiltInRoles } from "@maru/api/identity/service";
import type { Actor } from "@maru/db/context";
import { createTestDatabase } from "@maru/db/testing/database";
import { createAccount } from "@maru/db/testing/factories/account";
import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import { createLog } from "@maru/platform/log";
import { openLanes } from "@maru/platform/queue";
import { createWorkerTelemetry } from "@maru/platform/telemetry";
import { createDatabaseGate } from "../../apps/worker/src/database-gate";
import { createExecutor } from "../../apps/worker/src/executor";
import { reactions } from "../../apps/worker/src/reactions";
import { createRegistry } from "../../apps/worker/src/registry";
import { relayBatch } from "../../apps/worker/src/relay";
import { takeRedis } from "../../apps/worker/src/testing/test-worker";

/** The domain and the worker's relay and executor on servers of their own; nothing runs by itself, so that a proof decides what comes when. */
export const createInboxParts = async () => {
  const database = await createTestDatabase();
  const redis = await takeRedis();
  const log = createLog({ service: "test", level: "silent" });
  const options = { databaseUrl: database.url, redisUrl: redis.url, dataDir: "/nonexistent", secret: "s".repeat(40), poolSize: 12, log };
  const maru = createMaru({ ...options, processName: "proof" });
  await syncBuiltInRoles(maru.database);
  const lanes = openLanes(redis.url, log);
  await new Promise<void>((resolve) => (lanes.isConnected() ? resolve() : lanes.onConnected(resolve)));
  const { pool, prisma } = maru.database;
  const registry = createRegistry(reactions);
  const telemetry = createWorkerTelemetry();
  const gate = createDatabaseGate(() => pool.query("SELECT 1"), log);
  const { signal } = new AbortController();
  const execute = createExecutor({ maru, registry, gate, telemetry, stopping: signal, cancelling: signal });

  const member = await prisma.role.findUniqueOrThrow({ where: { key: "member" }, include: { permissions: true } });
  const createMember = async (): Promise<Actor> => {
    const person = await createPerson(prisma);
    const account = await createAccount(prisma, { personId: person.id });
    await prisma.roleAssignment.create({ data: { id: newId(), accountId: account.id, roleId: member.id } });
    const permissions = new Set(member.permissions.map(({ permission }) => permission));
    return { id: person.id, accountId: account.id, sessionId: null, permissions, departmentIds: [], managedDepartmentIds: [] };
  };

  return {
    pool,
    prisma,
    createMember,
    as: (actor: Actor) =>
      createCaller({
        app: maru.contextFor({ actor, requestId: newId() }),
        guest: maru.contextFor({ actor: GUEST_ACTOR, requestId: newId() }),
        requestId: newId(),
        origin: { address: "127.0.0.1", userAgent: null },
      }),
    /** Takes the outbox over with two relays at once. */
    relay: async (): Promise<void> => {
      const one = async () => {
        while ((await relayBatch({ database: maru.database, lanes, registry, telemetry, log })) > 0);
      };
      await Promise.all([one(), one()]);
    },
    /** One delivery of a piece of work, as a lane makes it; what fails is left for the next one. */
    deliver: (id: string): Promise<boolean> =>
      execute({ id, name: "any" }).then(
        () => true,
        () => false,
      ),
    stop: async (): Promise<void> => {
      gate.stop();
      await lanes.close();
      await maru.close();
      await redis.release();
      await database.drop();
    },
  };
};
export type InboxParts = Awaited<ReturnType<typeof createInboxParts>>;
