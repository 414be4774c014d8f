import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedDemo } from "@maru/db/seed";
import { createTestDatabase, type TestDatabase } from "@maru/db/testing/database";
import { testServers } from "@maru/db/testing/env";
import { createLog } from "@maru/platform/log";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMaru, type Maru } from "../maru";
import { generateThumbnail } from "../modules/files/jobs";
import { openFile } from "../modules/files/service";
import { findActorForPerson, syncBuiltInRoles } from "../modules/identity/service";
import { createCaller } from "../trpc/root";

const log = createLog({ service: "test", level: "silent" });
let place: TestDatabase;
let dataDir: string;
let maru: Maru;

beforeAll(async () => {
  place = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), "maru-demo-"));
  const { redisUrl } = testServers();
  maru = createMaru({ databaseUrl: place.url, redisUrl, dataDir, secret: "x".repeat(40), poolSize: 4, processName: "test", log });
  await syncBuiltInRoles(maru.database);
  await seedDemo({ databaseUrl: place.url, dataDir, log });
});
afterAll(async () => {
  await maru.close();
  await place.drop();
  await rm(dataDir, { recursive: true });
});

const contextOf = async (username: string) => {
  const { personId } = await maru.database.prisma.account.findUniqueOrThrow({ where: { username } });
  const actor = await findActorForPerson(maru.database, personId);
  if (!actor) throw new Error(`${username} can't act`);
  return maru.contextFor({ actor, requestId: "demo" });
};

const callerOf = async (username: string) => {
  const app = await contextOf(username);
  return createCaller({ app, guest: app, requestId: "demo", origin: { address: "127.0.0.1", userAgent: null } });
};

describe("the demo as the domain sees it", () => {
  it("gives each of the three what the role allows", async () => {
    const boards = async (username: string) => (await (await callerOf(username)).board.listBoards({})).map(({ slug, can }) => [slug, can]);
    const everywhere = { post: true, moderate: false };
    expect(await boards("hong")).toEqual([
      ["notice", { post: false, moderate: false }],
      ["free", everywhere],
      ["qna", everywhere],
      ["occasions", everywhere],
      ["market", everywhere],
      ["dev", everywhere],
    ]);
    expect((await boards("kim")).map(([slug]) => slug)).toEqual(["notice", "free", "qna", "occasions", "market"]);
    const ofAdmin = await boards("admin");
    expect(ofAdmin).toHaveLength(6);
    for (const [, can] of ofAdmin) expect(can).toEqual({ post: true, moderate: true });
  });

  it("has something to read, read and unread, on every list", async () => {
    const caller = await callerOf("hong");
    const free = await caller.board.getBoard({ slug: "free" });
    const { items } = await caller.board.listPosts({ boardId: free.id, limit: 100 });
    expect(items).toHaveLength(66);
    expect(new Set(items.map(({ isRead }) => isRead))).toEqual(new Set([true, false]));
    expect(await caller.board.listRecentPosts({ noticesOnly: true, limit: 5 })).toHaveLength(5);
    const answered = items.find(({ commentCount }) => commentCount >= 3);
    const comments = await caller.board.listComments({ postId: answered?.id ?? "", limit: 100 });
    expect(comments.items).toHaveLength(answered?.commentCount ?? 0);
    const people = await caller.directory.searchPeople({ q: "ㅎㄱㄷ" });
    expect(people).toMatchObject([{ name: "홍길동", rank: "과장", department: "개발1팀" }]);
  });

  it("has every picture where the files module looks, and asks for its sizes with a job that exists", async () => {
    const ctx = await contextOf("hong");
    const files = await maru.database.prisma.file.findMany();
    for (const { id, sizeBytes } of files) expect((await openFile(ctx, { id })).sizeBytes).toBe(Number(sizeBytes));
    const jobs = await maru.database.prisma.outbox.findMany();
    expect(jobs).toHaveLength(files.length);
    for (const { kind, name, version, payload } of jobs) {
      expect({ kind, name, version }).toEqual({ kind: "JOB", name: generateThumbnail.name, version: generateThumbnail.version });
      expect(generateThumbnail.input.safeParse(payload).success).toBe(true);
    }
  });
});
