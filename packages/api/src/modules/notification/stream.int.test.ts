import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Actor, SYSTEM_ACTOR_ID } from "@maru/db/context";
import { createPost } from "@maru/db/testing/factories/post";
import { newId } from "@maru/platform/crypto/id";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createMaru } from "../../maru";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { appRouter } from "../../trpc/root";
import { SESSION_HINT } from "../identity/service";
import type { StreamItem } from "./contract";
import { Hub, hubOf } from "./hub";
import { addNotices } from "./service";

const SYSTEM: Actor = {
  id: SYSTEM_ACTOR_ID,
  accountId: null,
  sessionId: null,
  permissions: new Set(),
  departmentIds: [],
  managedDepartmentIds: [],
};

let test: TestMaru;
let subjectId: string;
const open: Reader[] = [];
beforeAll(async () => {
  test = await createTestMaru({ poolSize: 8 });
  subjectId = (await createPost(test.db)).id;
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.db.notification.deleteMany();
  await test.db.personInbox.deleteMany();
});
afterEach(async () => {
  for (const reader of open.splice(0)) await reader.close();
});

const give = (actor: Actor, by = test.contextFor(SYSTEM)) =>
  by.tx((tx) =>
    addNotices(tx, [
      {
        personId: actor.id,
        eventId: newId(),
        topic: "board.commented",
        actorId: test.actors.other.id,
        subjectType: "board.post",
        subjectId,
        details: { boardSlug: "free", title: "제목", excerpt: "", commentId: null },
      },
    ]),
  );

type Shown = { readonly id: string; readonly item: StreamItem };
type Reader = {
  readonly shown: Shown[];
  next(count: number, withinMs?: number): Promise<Shown[]>;
  ended: Promise<unknown>;
  close(): Promise<void>;
};

/** Reads a stream as a browser does, until it is closed. */
const read = async (actor: Actor, lastEventId?: string): Promise<Reader> => {
  const items = await test.as(actor).notification.stream({ lastEventId });
  const iterator = items[Symbol.asyncIterator]();
  const shown: Shown[] = [];
  let look = () => {};
  const run = async () => {
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
      const [id, item] = step.value as unknown as [string, StreamItem];
      shown.push({ id, item });
      look();
    }
  };
  const ended = run().catch((error: unknown) => error);
  const reader: Reader = {
    shown,
    ended,
    next: async (count, withinMs = 2_000) => {
      const until = Date.now() + withinMs;
      while (shown.length < count && Date.now() < until) {
        await Promise.race([
          new Promise<void>((resolve) => {
            look = resolve;
          }),
          new Promise((resolve) => setTimeout(resolve, 50)),
        ]);
      }
      return shown.slice(0, count);
    },
    close: async () => void iterator.return?.(undefined),
  };
  open.push(reader);
  return reader;
};
const seqs = (shown: readonly Shown[]) => shown.flatMap(({ item }) => (item.type === "notification" ? [item.notification.seq] : []));

describe("the stream", () => {
  it("begins with the badge and brings what comes, with the place from which to resume", async () => {
    const { member } = test.actors;
    await give(member);
    const reader = await read(member);
    expect(await reader.next(1)).toEqual([{ id: "1", item: { type: "inbox", unseen: 1, lastSeq: 1 } }]);
    await give(member);
    const [, second] = await reader.next(2);
    expect(second).toMatchObject({
      id: "2",
      item: { type: "notification", unseen: 2, notification: { seq: 2, title: "제목", isAvailable: true } },
    });
  });

  it("shows each notification once and in order to one who comes back, however much was missed", async () => {
    const { member } = test.actors;
    for (let index = 0; index < 230; index += 1) await give(member);
    const reader = await read(member, "7");
    await reader.next(223, 10_000);
    expect(seqs(reader.shown)).toEqual(Array.from({ length: 223 }, (_, index) => index + 8));
    expect(reader.shown.at(-1)?.id).toBe("230");
  });

  it("begins at the present for a place that does not exist", async () => {
    const { member } = test.actors;
    await give(member);
    const reader = await read(member, "900");
    expect(await reader.next(1)).toEqual([{ id: "1", item: { type: "inbox", unseen: 1, lastSeq: 1 } }]);
    await give(member);
    await reader.next(2);
    expect(seqs(reader.shown)).toEqual([2]);
  });

  it("loses and doubles nothing while the browser comes and goes and people write at once", async () => {
    const { member } = test.actors;
    const writing = Promise.all(
      Array.from({ length: 5 }, async () => {
        for (let index = 0; index < 12; index += 1) await give(member);
      }),
    );
    const seen: number[] = [];
    let place = "0";
    for (let round = 0; round < 200 && seen.at(-1) !== 60; round += 1) {
      const reader = await read(member, place);
      await reader.next(1 + (round % 4), 100);
      const shown = [...reader.shown];
      seen.push(...seqs(shown));
      place = shown.at(-1)?.id ?? place;
      await reader.close();
    }
    await writing;
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it("keeps every tab in step when something is seen or read in one", async () => {
    const { member } = test.actors;
    await give(member);
    const tabs = await Promise.all([read(member), read(member), read(member)]);
    for (const tab of tabs) await tab.next(1);
    await test.as(member).notification.markSeen({ upToSeq: 1 });
    for (const tab of tabs) expect((await tab.next(2)).at(1)?.item).toEqual({ type: "inbox", unseen: 0, lastSeq: 1 });
    const { items } = await test.as(member).notification.listNotifications({});
    await test.as(member).notification.markRead({ id: items[0]?.id ?? "" });
    for (const tab of tabs) expect((await tab.next(3)).at(2)?.item).toEqual({ type: "inbox", unseen: 0, lastSeq: 1 });
  });

  it("finds what no hint has told of", async () => {
    const { member } = test.actors;
    const reader = await read(member);
    await reader.next(1);
    // A process whose Redis can't be reached.
    const mute = createMaru({
      databaseUrl: test.databaseUrl,
      redisUrl: "redis://127.0.0.1:1",
      dataDir: test.dataDir,
      secret: "s".repeat(40),
      poolSize: 2,
      processName: "mute",
      log: test.maru.log,
    });
    await give(member, mute.contextFor({ actor: SYSTEM, requestId: "r" }));
    await mute.close();
    await reader.next(2, 8_000);
    expect(seqs(reader.shown)).toEqual([1]);
  });

  it("does not tell what may not be read any more", async () => {
    const { member } = test.actors;
    const post = await createPost(test.db, { title: "비밀" });
    const kept = subjectId;
    subjectId = post.id;
    await give(member);
    subjectId = kept;
    await test.db.post.update({ where: { id: post.id }, data: { deletedAt: new Date() } });
    const reader = await read(member, "0");
    const [first] = await reader.next(1);
    expect(first?.item).toMatchObject({ notification: { seq: 1, isAvailable: false, title: "" } });
  });
});

describe("the end of a stream", () => {
  const openSession = async (actor: Actor) => {
    const id = newId();
    const expiresAt = new Date(Date.now() + 60_000);
    await test.db.session.create({ data: { id, accountId: actor.accountId ?? "", kind: "WEB", expiresAt } });
    return { ...actor, sessionId: id };
  };
  const end = (actor: Actor) => test.db.session.update({ where: { id: actor.sessionId ?? "" }, data: { endedAt: new Date() } });

  it("comes with the end of its session, at once when a hint says so, and the browser is made to come back", async () => {
    const actor = await openSession(test.actors.member);
    const reader = await read(actor);
    await reader.next(1);
    await end(actor);
    test.maru.hints.publish(SESSION_HINT, actor.sessionId ?? "");
    const started = Date.now();
    expect(await reader.ended).toMatchObject({ name: "AbortError" });
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it("comes within ten seconds without a hint, and leaves other sessions alone", async () => {
    const [ending, staying] = await Promise.all([openSession(test.actors.member), openSession(test.actors.member)]);
    const [first, second] = await Promise.all([read(ending), read(staying)]);
    await Promise.all([first.next(1), second.next(1)]);
    await end(ending);
    const started = Date.now();
    expect(await first.ended).toMatchObject({ name: "AbortError" });
    expect(Date.now() - started).toBeLessThan(10_000);
    await give(test.actors.member);
    await second.next(2);
    expect(seqs(second.shown)).toEqual([1]);
  });
});

describe("the hub", () => {
  it("is one for a process, and empty when everybody has gone", async () => {
    const before = hubOf(test.contextFor(test.actors.member));
    expect(hubOf(test.contextFor(test.actors.other))).toBe(before);
    const readers = await Promise.all([read(test.actors.member), read(test.actors.other)]);
    for (const reader of readers) await reader.next(1);
    expect(before.size).toBe(2);
    // Without a connection that could break, a reader leaves at the next item.
    for (const reader of readers) await reader.close();
    await Promise.all([give(test.actors.member), give(test.actors.other)]);
    await expect.poll(() => before.size, { timeout: 8_000 }).toBe(0);
  });

  it("reads for a thousand streams in two statements, and refuses what is beyond its limit", async () => {
    let statements = 0;
    const pool = new Proxy(test.maru.database.pool, {
      get: (target, name) => {
        if (name === "query") statements += 1;
        return Reflect.get(target, name).bind(target);
      },
    });
    const { hints, database } = test.maru;
    const hub = new Hub({ pool, sql: database.sql, hints, log: test.maru.log, now: () => new Date() });
    const visitor = { sessionId: null, endsAt: new Date(Date.now() + 60_000) };
    const seats = Array.from({ length: 1_000 }, () => hub.join({ ...visitor, personId: newId() }));
    expect(await Promise.all(seats.map((seat) => seat.next()))).toHaveLength(1_000);
    expect(statements).toBe(2);
    const more = Array.from({ length: 4_000 }, () => hub.join({ ...visitor, personId: newId() }));
    expect(await refusal(Promise.resolve().then(() => hub.join({ ...visitor, personId: newId() })))).toBe("notification.tooManyStreams");
    for (const seat of [...seats, ...more]) seat.leave();
    expect(hub.size).toBe(0);
  });
});

describe("over HTTP", () => {
  let server: Server;
  let actor: Actor;
  beforeAll(async () => {
    const { member } = test.actors;
    actor = { ...member, sessionId: newId() };
    const expiresAt = new Date(Date.now() + 600_000);
    await test.db.session.create({ data: { id: actor.sessionId ?? "", accountId: member.accountId ?? "", kind: "WEB", expiresAt } });
    const origin = { address: "127.0.0.1", userAgent: null };
    const createContext = () => ({ app: test.contextFor(actor), guest: test.contextFor(SYSTEM), requestId: "r", origin });
    server = createServer(createHTTPHandler({ router: appRouter, createContext })).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => void server.close());
  const connect = (headers: Record<string, string> = {}, signal?: AbortSignal) => {
    const { port } = server.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}/notification.stream?input=${encodeURIComponent("{}")}`;
    return fetch(address, { headers: { accept: "text/event-stream", ...headers }, signal });
  };

  it("gives up the seat of a browser that goes away", async () => {
    const hub = hubOf(test.contextFor(actor));
    await expect.poll(() => hub.size, { timeout: 8_000 }).toBe(0);
    const leaving = new AbortController();
    const response = await connect({}, leaving.signal);
    await response.body?.getReader().read();
    await expect.poll(() => hub.size).toBe(1);
    leaving.abort();
    await expect.poll(() => hub.size, { timeout: 2_000 }).toBe(0);
  });

  it("sends ids, resumes from the last one, and closes without saying that nothing more will come", async () => {
    await give(actor);
    await give(actor);
    const response = await connect({ "last-event-id": "1" });
    setTimeout(async () => {
      await test.db.session.update({ where: { id: actor.sessionId ?? "" }, data: { endedAt: new Date() } });
      test.maru.hints.publish(SESSION_HINT, actor.sessionId ?? "");
    }, 300);
    const text = await response.text();
    expect(text).toMatch(/data: \{"type":"notification".*"seq":2.*\nid: 2\n/);
    expect(text).not.toContain('"seq":1,');
    expect(text).not.toContain("event: return");
    expect(text).not.toContain("serialized-error");
  });
});
