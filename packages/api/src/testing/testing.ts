import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PrismaReader } from "@maru/db/client";
import type { Actor } from "@maru/db/context";
import type { OnceKey } from "@maru/db/outbox";
import { createTestDatabase } from "@maru/db/testing/database";
import { testServers } from "@maru/db/testing/env";
import type { Clock } from "@maru/platform/clock";
import { newId } from "@maru/platform/crypto/id";
import type { AppError } from "@maru/platform/errors";
import { createLog, type Log } from "@maru/platform/log";
import type { Mailer } from "@maru/platform/mail";
import { createMaru } from "../maru";
import type { FederationSettings } from "../modules/federation/service";
import type { Ctx } from "../tools";
import { toAppError } from "../trpc/errors";
import { createCaller } from "../trpc/root";
import { createActors } from "./actors";

/** The newest mail to an address, and the token in it, once the worker has sent what was asked for. */
export { findMail, receiveToken, sendAskedLinks } from "../modules/identity/testing/sent-links";
/** A directory, and somebody whose password it keeps. */
export { createServerSource, createVouched } from "../modules/sync/testing/vouched-people";
export { createActor, type TestActorName, type TestActors, type TestDepartments } from "./actors";

/** Nobody: what an open procedure sees of a stranger. */
const STRANGER: Actor = {
  id: "00000000-0000-7000-8000-00000000ffff",
  accountId: null,
  sessionId: null,
  permissions: new Set(),
  departmentIds: [],
  managedDepartmentIds: [],
};

const FAR = new Date("2999-01-01T00:00:00Z");
const openSeat = async (db: PrismaReader, accountId: string): Promise<string> => {
  const id = newId();
  await db.session.create({ data: { id, accountId, kind: "WEB", expiresAt: FAR, provedAt: FAR } });
  return id;
};

type Options = {
  readonly mailer?: Mailer;
  readonly clock?: Clock;
  readonly poolSize?: number;
  readonly log?: Log;
  readonly federation?: FederationSettings;
};

/**
 * The whole domain on a database and a data folder of its own: `as(actor).board.publishPost(…)` goes through the same procedures as every
 * door. Stop it in `afterAll`.
 */
export const createTestMaru = async (options: Options = {}) => {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "maru-test-"));
  const maru = createMaru({
    databaseUrl: database.url,
    redisUrl: testServers().redisUrl,
    dataDir,
    secret: randomUUID() + randomUUID(),
    poolSize: options.poolSize ?? 5,
    processName: "test",
    log: options.log ?? createLog({ service: "test", level: "silent" }),
    clock: options.clock,
    mailer: options.mailer,
    federation: options.federation,
  });
  const { actors, departments } = await createActors(maru.database.prisma);

  /** The context of one request, for calling a service as a job or another module would. */
  const contextFor = (actor: Actor, once?: OnceKey): Ctx => maru.contextFor({ actor, requestId: randomUUID(), once });

  // Whoever has no session of her own gets one on which the password was just given, whatever the test's clock says.
  const seats = new Map<string, Promise<string>>();
  const seated = async (actor: Actor): Promise<Actor> => {
    const { accountId, sessionId, tokenId } = actor;
    if (accountId === null || sessionId !== null || tokenId !== undefined) return actor;
    const seat = seats.get(accountId) ?? openSeat(maru.database.prisma, accountId);
    seats.set(accountId, seat);
    return { ...actor, sessionId: await seat };
  };

  /** The procedures as this person calls them; null is a stranger. A `once` makes the first command happen at most once. */
  const as = (actor: Actor | null, once?: OnceKey) => {
    let app: Promise<Ctx | null> | undefined;
    return createCaller(async () => {
      app ??= actor ? seated(actor).then((one) => contextFor(one, once)) : Promise.resolve(null);
      return {
        app: await app,
        guest: contextFor(STRANGER),
        requestId: randomUUID(),
        origin: { address: "127.0.0.1", userAgent: "test" },
      };
    });
  };

  const stop = async (): Promise<void> => {
    await maru.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };

  return { maru, db: maru.database.prisma, databaseUrl: database.url, dataDir, actors, departments, as, contextFor, stop };
};
export type TestMaru = Awaited<ReturnType<typeof createTestMaru>>;

/** What a call was refused with, or null when it was not. Any other failure is the test's. */
export const findRefusal = async (call: Promise<unknown>): Promise<AppError | null> => {
  try {
    await call;
    return null;
  } catch (error) {
    const known = toAppError(error);
    if (!known) throw error;
    return known;
  }
};

/** The code of a refusal, or "done": `expect(await refusal(…)).toBe("board.postNotFound")`. */
export const refusal = async (call: Promise<unknown>): Promise<string> => (await findRefusal(call))?.code ?? "done";
