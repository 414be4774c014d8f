import { newId } from "@maru/platform/crypto/id";
import { defineEvent } from "@maru/platform/events";
import type { Hints } from "@maru/platform/hints";
import { createLog } from "@maru/platform/log";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Database, isDatabaseDown, openDatabase } from "./client";
import { type Actor, AlreadyDone, createContext } from "./context";
import type { OnceKey } from "./outbox";
import { createTestDatabase, type TestDatabase } from "./testing/database";
import { createBoard } from "./testing/factories/board";

const happened = defineEvent("test.thing-happened", z.object({ thingId: z.uuid() }));
const log = createLog({ service: "test", level: "silent" });
const actor: Actor = { id: newId(), accountId: null, sessionId: null, permissions: new Set(), departmentIds: [], managedDepartmentIds: [] };

let place: TestDatabase;
let database: Database;
let published: [string, string | undefined][] = [];
const hints: Hints = {
  publish: (channel, message) => void published.push([channel, message]),
  subscribe: () => () => {},
  isConnected: () => true,
  close: () => {},
};

beforeAll(async () => {
  place = await createTestDatabase();
  database = openDatabase({ url: place.url, poolSize: 8, applicationName: "test", onError: () => {} });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});
beforeEach(async () => {
  published = [];
  await database.prisma.outbox.deleteMany();
});

const context = (once?: OnceKey) =>
  createContext({ database, hints, clock: () => new Date(), log, tools: null, actor, requestId: "request-1", once });

describe("a transaction", () => {
  it("commits the change, its event and its audit line together, and says so afterwards", async () => {
    const thingId = newId();
    const id = await context().tx(async (tx) => {
      const board = await createBoard(tx.db);
      tx.emit(happened, { thingId });
      tx.record({ action: "test.thing.make", subjectType: "test.thing", subjectId: thingId, details: { why: "시험" } });
      tx.hint("things", thingId);
      expect(published).toEqual([]);
      return board.id;
    });
    expect(await database.prisma.board.count({ where: { id } })).toBe(1);
    const outbox = await database.prisma.outbox.findMany();
    expect(outbox).toMatchObject([{ kind: "EVENT", name: happened.name, payload: { thingId }, actorId: actor.id, requestId: "request-1" }]);
    const audit = await database.prisma.auditEntry.findMany({ where: { subjectId: thingId } });
    expect(audit).toMatchObject([{ action: "test.thing.make", actorId: actor.id, details: { why: "시험" }, requestId: "request-1" }]);
    expect(published).toEqual([
      ["outbox", undefined],
      ["things", thingId],
    ]);
  });

  it("leaves nothing and says nothing when it fails", async () => {
    const id = newId();
    const failing = context().tx(async (tx) => {
      await createBoard(tx.db, { id });
      tx.emit(happened, { thingId: id });
      tx.hint("things");
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await database.prisma.board.count({ where: { id } })).toBe(0);
    expect(await database.prisma.outbox.count()).toBe(0);
    expect(published).toEqual([]);
  });

  it("refuses an event whose payload is wrong, with everything else", async () => {
    const id = newId();
    const failing = context().tx(async (tx) => {
      await createBoard(tx.db, { id });
      tx.emit(happened, { thingId: "not an id" });
    });
    await expect(failing).rejects.toThrow();
    expect(await database.prisma.board.count({ where: { id } })).toBe(0);
  });

  it("keeps its Kysely to itself, twenty at once", async () => {
    const ids = Array.from({ length: 20 }, newId);
    const outcomes = await Promise.allSettled(
      ids.map((id, index) =>
        context().tx(async (tx) => {
          await createBoard(tx.db, { id });
          const rows = await tx.sql.selectFrom("board").select("id").where("id", "=", id).execute();
          expect(rows).toEqual([{ id }]);
          if (index % 2 === 1) throw new Error("rolled back");
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect(await database.prisma.board.count({ where: { id: { in: ids } } })).toBe(10);
  });
});

describe("what happens once", () => {
  it("is a command with its key: its answer is given again, to the same person and request", async () => {
    const once: OnceKey = { kind: "command", key: newId(), procedure: "test.make", requestHash: "a" };
    const make = () => context(once).tx(async (tx) => ({ id: (await createBoard(tx.db)).id }));
    const answers = await Promise.all([make(), make(), make()]);
    answers.push(await make());
    const ids = new Set(answers.map(({ id }) => id));
    expect(ids.size).toBe(1);
    expect(await database.prisma.board.count({ where: { id: { in: [...ids] } } })).toBe(1);
    const changed = context({ ...once, requestHash: "b" }).tx(async (tx) => createBoard(tx.db));
    await expect(changed).rejects.toMatchObject({ code: "common.idempotencyKeyReused" });
  });

  it("is not a command that failed: it may be tried again under its key", async () => {
    const once: OnceKey = { kind: "command", key: newId(), procedure: "test.make", requestHash: "a" };
    await expect(
      context(once).tx(async () => {
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await context(once).tx(async () => "done")).toBe("done");
  });

  it("is the work of a subscription, however often it is delivered", async () => {
    const once: OnceKey = { kind: "work", workId: newId() };
    const made: string[] = [];
    const run = () => context(once).tx(async (tx) => void made.push((await createBoard(tx.db)).id));
    await run();
    await expect(run()).rejects.toBeInstanceOf(AlreadyDone);
    expect(await database.prisma.board.count({ where: { id: { in: made } } })).toBe(1);
  });
});

describe("a database that is not there", () => {
  it("is told apart from every other failure", async () => {
    const gone = openDatabase({ url: "postgresql://maru@127.0.0.1:1/none", poolSize: 1, applicationName: "test", onError: () => {} });
    const errors = await Promise.all([
      gone.prisma.board.count().catch((error: unknown) => error),
      gone.pool.query("SELECT 1").catch((error: unknown) => error),
    ]);
    await gone.close();
    for (const error of errors) expect(isDatabaseDown(error)).toBe(true);
    const mistake = await database.pool.query("SELECT nonsense").catch((error: unknown) => error);
    expect(isDatabaseDown(mistake)).toBe(false);
    expect(isDatabaseDown(new Error("something else"))).toBe(false);
  });
});
