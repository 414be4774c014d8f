import { monitorEventLoopDelay } from "node:perf_hooks";
import { createBoard } from "@maru/db/testing/factories/board";
import { createPost } from "@maru/db/testing/factories/post";
import { paragraphs } from "@maru/platform/rich-text";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startTestDoor, type TestDoor } from "../../apps/web/src/server/testing/test-door";
import { startTestStack } from "../../scripts/stack/test-stack.mjs";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let stack: Awaited<ReturnType<typeof startTestStack>>;
let door: TestDoor;
let boardId: string;
beforeAll(async () => {
  // A server of its own: nobody else's tests may freeze with it.
  stack = await startTestStack();
  process.env.MARU_TEST_DATABASE_URL = stack.databaseUrl;
  door = await startTestDoor({ isCuttable: true });
  boardId = (await createBoard(door.db)).id;
  await createPost(door.db, { boardId, authorId: door.actors.member.id });
});
afterAll(async () => {
  await door?.stop();
  await stack?.stop();
});

const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: door.databaseUrl });
  client.on("error", () => {});
  await client.connect();
  return client;
};

/** PostgreSQL and all of its processes, stopped in the middle of whatever they do: they take connections, and never answer. */
const freeze = async (): Promise<() => void> => {
  const client = await connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()");
  await client.end();
  const signal = (name: NodeJS.Signals) => {
    for (const pid of [stack.postgresPid, ...rows.map((row) => row.pid)]) {
      try {
        process.kill(pid, name);
      } catch {
        // It has ended meanwhile.
      }
    }
  };
  signal("SIGSTOP");
  return () => signal("SIGCONT");
};

// What a busy machine keeps this process waiting for, client and door alike, is no delay of the door's.
const loopDelay = monitorEventLoopDelay({ resolution: 10 });
loopDelay.enable();
const heldUpMs = () => loopDelay.max / 1e6;

/** How a request was answered, and when; 0 is no answer at all. */
const send = async (path: string, request: RequestInit) => {
  const began = performance.now();
  const answer = await fetch(`${door.url}${path}`, { ...request, signal: AbortSignal.timeout(8_000) }).catch(() => null);
  const text = await answer?.text().catch(() => "");
  return { path, status: answer?.status ?? 0, isInTime: performance.now() - began - heldUpMs() < 3_000, text };
};
type Headers = Record<string, string>;
const get = (path: string, headers: Headers) => send(path, { headers });
const post = (path: string, headers: Headers, body: unknown) =>
  send(path, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) });
const upload = (headers: Headers, name: string) =>
  send("/api/files", { method: "POST", headers: { ...headers, "maru-file-name": `${name}.txt` }, body: name });
const list = (headers: Headers) => get(`/api/trpc/board.listPosts?input=${encodeURIComponent(JSON.stringify({ boardId }))}`, headers);
const publish = (headers: Headers, title: string, key: string | null = title) =>
  post("/api/trpc/board.publishPost", key ? { ...headers, "idempotency-key": key } : headers, { boardId, title, body: paragraphs("본문") });

/** Makes whoever posts or uploads wait in the middle of a transaction, until it is let go. */
const holdWriters = async () => {
  const holder = await connect();
  await holder.query("BEGIN");
  await holder.query("SELECT 1 FROM board WHERE id = $1 FOR UPDATE", [boardId]);
  await holder.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`files.owner ${door.actors.member.id}`]);
  return {
    countWaiting: async () => (await holder.query("SELECT DISTINCT pid FROM pg_locks WHERE NOT granted")).rowCount,
    letGo: async () => {
      await holder.query("ROLLBACK");
      await holder.end();
    },
  };
};

describe("PostgreSQL that takes connections and never answers", () => {
  it("lets every data door say so within 3 s, and is used again as soon as it answers", async () => {
    const browser = await door.browser(door.actors.member);
    const bearer = await door.bearer(door.actors.member);
    const stranger = await door.browser(door.actors.other);
    const { id: fileId } = JSON.parse((await upload(browser, "before")).text ?? "") as { id: string };
    // Far more at once than there are connections; reads of both drivers, commands, a file, and somebody whose session is looked up.
    const askAll = (round: string) =>
      Promise.all([
        ...Array.from({ length: 30 }, () => list(browser)),
        get(`/api/v1/board/boards/${boardId}/posts`, bearer),
        get("/api/trpc/identity.me", browser),
        publish(browser, round),
        post("/api/trpc/board.saveDraft", browser, { boardId, title: round, body: paragraphs("본문") }),
        get(`/api/files/${fileId}`, browser),
        get(`/api/v1/files/${fileId}`, bearer),
        upload(browser, round),
        get("/readyz", {}),
        list(stranger),
      ]);
    expect((await askAll("before")).filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);
    const thaw = await freeze();
    try {
      // At once, while the pool is full of connections that seem to be good; and later, when nothing is remembered and none is left.
      for (const waitMs of [0, 4_500]) {
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        expect((await askAll(`frozen-${waitMs}`)).filter(({ status, isInTime }) => status !== 503 || !isInTime)).toEqual([]);
      }
    } finally {
      thaw();
    }
    await expect.poll(async () => (await list(browser)).status, { timeout: 10_000 }).toBe(200);
    expect((await askAll("after")).filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);
    expect(await door.db.post.findMany({ where: { title: { startsWith: "frozen" } } })).toEqual([]);
  });

  it("takes nothing of a command that it was frozen in, and everything once when it is repeated", async () => {
    const browser = await door.browser(door.actors.member);
    const held = await holdWriters();
    const titles = ["one", "two", "three", "four"];
    // With a key, and without: the first is looked for afterwards, the second is nobody's any more.
    const posting = titles.map((title, index) => publish(browser, title, index % 2 === 0 ? title : null));
    const waiting = Promise.all([...posting, upload(browser, "frozen")]);
    await expect.poll(held.countWaiting).toBe(titles.length + 1);
    const thaw = await freeze();
    try {
      expect((await waiting).filter(({ status, isInTime }) => status !== 503 || !isInTime)).toEqual([]);
    } finally {
      thaw();
      await held.letGo();
    }
    await expect.poll(async () => (await list(browser)).status, { timeout: 10_000 }).toBe(200);
    // Nothing that a connection still had in hand may be committed by whoever uses the connection next.
    for (let round = 0; round < 10; round += 1) expect((await publish(browser, `later-${round}`)).status).toBe(200);
    expect(await door.db.post.count({ where: { title: { in: titles } } })).toBe(0);
    for (const title of [...titles, ...titles]) expect((await publish(browser, title)).status).toBe(200);
    expect(await door.db.post.count({ where: { title: { in: titles } } })).toBe(titles.length);
    const { rows } = await door.maru.database.pool.query("SELECT 1 FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'");
    expect(rows).toEqual([]);
  });

  it("is told apart from one that is only slow: that ends the statement itself", async () => {
    const browser = await door.browser(door.actors.member);
    const held = await holdWriters();
    const slow = await publish(browser, "slow");
    await held.letGo();
    expect(slow).toMatchObject({ status: 503, isInTime: true });
    expect((await publish(browser, "slow")).status).toBe(200);
    expect(await door.db.post.count({ where: { title: "slow" } })).toBe(1);
  });
});
