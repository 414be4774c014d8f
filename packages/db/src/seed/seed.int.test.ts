import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyPassword } from "@maru/platform/crypto/password";
import { createLog } from "@maru/platform/log";
import { findRichTextFault, imageFileIds, mentionedPersonIds, type RichText } from "@maru/platform/rich-text";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../client";
import { createTestDatabase, type TestDatabase } from "../testing/database";
import { seedLarge } from "./large";
import { seedDemo } from "./seed";

const log = createLog({ service: "test", level: "silent" });
let place: TestDatabase;
let dataDir: string;
let database: Database;
let cpuMs: number;

beforeAll(async () => {
  place = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), "maru-seed-"));
  const before = process.cpuUsage();
  // Two at once, as two processes that start would.
  await Promise.all([1, 2].map(() => seedDemo({ databaseUrl: place.url, dataDir, log })));
  const { user, system } = process.cpuUsage(before);
  cpuMs = (user + system) / 1_000;
  database = openDatabase({ url: place.url, poolSize: 3, applicationName: "test", onError: () => {} });
});
afterAll(async () => {
  await database.close();
  await place.drop();
  await rm(dataDir, { recursive: true });
});

describe("seedDemo", () => {
  it("makes the organisation that the documents promise, once", async () => {
    const db = database.prisma;
    expect(await db.person.count()).toBe(60);
    expect(await db.post.count()).toBe(200);
    expect(await db.board.count()).toBe(6);
    expect(await db.person.groupBy({ by: ["state"], _count: true, orderBy: { state: "asc" } })).toMatchObject([
      { state: "ACTIVE", _count: 58 },
      { state: "ON_LEAVE", _count: 1 },
      { state: "RESIGNED", _count: 1 },
    ]);
    expect(await db.affiliation.count({ where: { isPrimary: false } })).toBe(1);
    // Everybody but the first of the company has a manager, and somebody is away today with a deputy.
    expect(await db.person.count({ where: { managerId: null, affiliations: { some: {} } } })).toBe(1);
    expect(await db.department.groupBy({ by: ["kind"], _count: true, orderBy: { kind: "asc" } })).toMatchObject([
      { kind: "COMPANY", _count: 1 },
      { kind: "DIVISION", _count: 4 },
      { kind: "DEPARTMENT", _count: 1 },
      { kind: "TEAM", _count: 13 },
    ]);
    const today = { startsAt: { lte: new Date() }, endsAt: { gt: new Date() } };
    expect(await db.absence.count({ where: { ...today, deputyId: { not: null } } })).toBeGreaterThanOrEqual(2);
    expect(await db.favourite.count()).toBe(5);
    // Nobody who looks at the demo is asked for a consent at once.
    expect(await db.privacyDocument.groupBy({ by: ["isRequired"], _count: true, orderBy: { isRequired: "asc" } })).toMatchObject([
      { isRequired: false, _count: 1 },
      { isRequired: true, _count: 2 },
    ]);
    expect(await db.consent.count({ where: { document: { isRequired: true } } })).toBe(60 * 2);
    // Of the processor, because the clock also counts what else the machine does meanwhile.
    expect(cpuMs / 2).toBeLessThan(8_000);
  });

  it("lets four people sign in, each with the rights of the role", async () => {
    const accounts = await database.prisma.account.findMany({
      where: { passwordHash: { not: null } },
      include: { assignments: { include: { role: true } } },
      orderBy: { username: "asc" },
    });
    const roles = accounts.map(({ username, assignments }) => [username, assignments.map(({ role }) => role.key).sort()]);
    expect(roles).toEqual([
      ["admin", ["member", "system-admin"]],
      ["hong", ["member"]],
      ["kim", ["member"]],
      ["namgung", ["department-admin", "member", "system-admin"]],
    ]);
    for (const { passwordHash } of accounts) expect(await verifyPassword(passwordHash ?? "", "maru-demo-passphrase")).toBe(true);
    const cards = await database.prisma.personCard.findMany({ where: { name: { in: ["홍길동", "김영희"] } }, orderBy: { name: "asc" } });
    expect(cards).toMatchObject([
      { name: "김영희", rank: "차장", department: "UX디자인팀" },
      { name: "홍길동", rank: "과장", department: "개발1팀" },
    ]);
  });

  it("writes documents that the editor would accept, of people and pictures that are there", async () => {
    const db = database.prisma;
    const people = new Set((await db.person.findMany({ select: { id: true } })).map(({ id }) => id));
    const files = new Map((await db.file.findMany()).map((file) => [file.id, file]));
    const bodies = [...(await db.post.findMany()), ...(await db.comment.findMany())];
    for (const { id, body } of bodies) {
      const document = body as RichText;
      expect(findRichTextFault(document)).toBeNull();
      for (const personId of mentionedPersonIds(document)) expect(people).toContain(personId);
      for (const fileId of imageFileIds(document)) expect(files.get(fileId)).toMatchObject({ subjectType: "board.post", subjectId: id });
    }
    for (const { sha256, sizeBytes } of files.values()) {
      const bytes = await readFile(join(dataDir, "files", "originals", sha256.slice(0, 2), sha256));
      expect(bytes.byteLength).toBe(Number(sizeBytes));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    }
    const jobs = await db.outbox.findMany({ where: { name: "files.generate-thumbnail" } });
    expect(jobs.map(({ payload }) => (payload as { fileId: string }).fileId).sort()).toEqual([...files.keys()].sort());
  });

  it("keeps counters equal to what they count, and time in order", async () => {
    const { rows } = await database.pool.query(`
      SELECT p.id FROM post p WHERE p.comment_count <> (SELECT count(*) FROM comment c WHERE c.post_id = p.id)
        OR p.like_count <> (SELECT count(*) FROM post_like l WHERE l.post_id = p.id)
        OR p.view_count < (SELECT count(*) FROM post_read r WHERE r.post_id = p.id)
        OR p.attachment_count > (SELECT count(*) FROM file f WHERE f.subject_id = p.id)
        OR p.published_at > now() OR p.published_at < now() - interval '190 days'
        OR EXISTS (SELECT 1 FROM comment c WHERE c.post_id = p.id AND (c.created_at < p.published_at OR c.created_at > now()))`);
    expect(rows).toEqual([]);
    const titles = await database.pool.query("SELECT title FROM post GROUP BY title HAVING count(*) > 1");
    expect(titles.rows).toEqual([]);
  });

  it("does nothing where somebody is known already", async () => {
    const before = await database.prisma.auditEntry.count();
    await seedDemo({ databaseUrl: place.url, dataDir, log });
    expect(await database.prisma.post.count()).toBe(200);
    expect(await database.prisma.auditEntry.count()).toBe(before);
  });
});

describe("seedLarge", () => {
  it("adds a board of so many posts", async () => {
    const boardId = await seedLarge({ databaseUrl: place.url, posts: 3_000 });
    expect(await database.prisma.post.count({ where: { boardId } })).toBe(3_000);
    const post = await database.prisma.post.findFirstOrThrow({ where: { boardId } });
    expect(findRichTextFault(post.body)).toBeNull();
    expect(await database.prisma.postRead.count({ where: { postId: post.id } })).toBeLessThanOrEqual(1);
  });
});
