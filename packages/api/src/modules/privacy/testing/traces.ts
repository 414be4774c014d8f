import { Readable } from "node:stream";
import type { PrismaReader } from "@maru/db/client";
import { type Actor, SYSTEM_ACTOR_ID } from "@maru/db/context";
import { personSearchKeys } from "@maru/db/search-keys";
import { createComment } from "@maru/db/testing/factories/comment";
import { createFile } from "@maru/db/testing/factories/file";
import { createPost } from "@maru/db/testing/factories/post";
import { newId } from "@maru/platform/crypto/id";
import { paragraphs } from "@maru/platform/rich-text";
import { createActor, type TestMaru } from "../../../testing/testing";
import type { Ctx } from "../../../tools";
import { receiveFile } from "../../files/service";

const SYSTEM = { id: SYSTEM_ACTOR_ID, accountId: null, sessionId: null, permissions: new Set<string>() } as const;

/** The context of the worker: the system acts. */
export const workerContext = (test: TestMaru): Ctx => test.contextFor({ ...SYSTEM, departmentIds: [], managedDepartmentIds: [] });

/** What a scan looks for: nothing of it stands anywhere else in a test's database. */
export type Marks = Readonly<Record<"name" | "nameEn" | "mail" | "verifiedMail" | "phone" | "mobile" | "username" | "employeeNo", string>>;

export const marksOf = (tag: string): Marks => ({
  name: `남궁${tag}`,
  nameEn: `Namgung ${tag}`,
  mail: `namgung.${tag}@maru.example`,
  verifiedMail: `own.${tag}@mail.example`,
  phone: `02-555-${tag}`,
  mobile: `010-7777-${tag}`,
  username: `namgung.${tag}`,
  employeeNo: `E-${tag}`,
});

const MEMBER = ["board.read", "board.post", "board.comment", "directory.read", "notification.read", "files.upload"] as const;

/** Her keys: sessions with what hangs on them, tokens, second factors, links. */
const giveKeys = async (db: PrismaReader, accountId: string, { mail, verifiedMail }: Marks): Promise<void> => {
  const later = new Date(Date.now() + 3_600_000);
  const now = new Date();
  const api = { id: newId(), accountId, kind: "API", expiresAt: later, userAgent: `Firefox of ${mail}` } as const;
  await db.session.create({ data: { ...api, refreshTokens: { create: { id: newId(), tokenHash: newId() } } } });
  await db.personalToken.create({ data: { id: newId(), accountId, name: "백업", tokenHash: newId(), scopes: [], expiresAt: later } });
  await db.totpFactor.create({ data: { id: newId(), accountId, secret: "sealed", createdAt: now } });
  await db.recoveryCode.create({ data: { id: newId(), accountId, codeHash: newId(), createdAt: now } });
  await db.passkey.create({
    data: { id: newId(), accountId, name: "열쇠", credentialId: newId(), publicKey: Buffer.from("key"), counter: 0, createdAt: now },
  });
  await db.signInChallenge.create({
    data: { id: newId(), accountId, kind: "WEB", tokenHash: newId(), createdAt: now, expiresAt: later },
  });
  await db.externalIdentity.create({
    data: { id: newId(), accountId, provider: "google", issuer: "https://issuer.example", subject: newId(), label: mail, linkedAt: now },
  });
  const link = { locale: "ko", seed: "seed", createdAt: now } as const;
  await db.accountLink.create({ data: { id: newId(), purpose: "VERIFY", accountId, mail: verifiedMail, ...link } });
  await db.accountLink.create({ data: { id: newId(), purpose: "INVITE", mail: mail.toUpperCase(), ...link } });
  const { id: roleId } = await db.role.upsert({
    where: { key: "privacy-test" },
    create: { id: newId(), key: "privacy-test", name: "역할", nameEn: "Role" },
    update: {},
  });
  await db.roleAssignment.create({ data: { id: newId(), accountId, roleId } });
};

/** What she did and what she was told. */
const giveDeeds = async (test: TestMaru, personId: string, { name, mail }: Marks) => {
  const { db, actors } = test;
  const post = await createPost(db, { authorId: personId, title: "남긴 글" });
  await createComment(db, { postId: post.id, authorId: personId, text: "남긴 댓글" });
  const otherPost = await createPost(db, { authorId: actors.other.id });
  await db.postLike.create({ data: { postId: otherPost.id, personId } });
  await db.postRead.create({ data: { postId: otherPost.id, personId } });
  await db.postDraft.create({
    data: {
      id: newId(),
      personId,
      boardId: post.boardId,
      title: `${name}의 초안`,
      body: paragraphs("초안") as object,
      savedAt: new Date(),
    },
  });
  await createFile(db, { ownerId: personId, subjectType: "board.post", subjectId: post.id, name: `${name}.png` });
  await createComment(db, { postId: post.id, authorId: actors.other.id, text: `${name}님, 고마워요` });
  const details = { title: "제목", excerpt: "", boardSlug: "b", commentId: null };
  const notice = { eventId: newId(), topic: "board.liked", subjectType: "board.post", subjectId: post.id, details } as const;
  await db.notification.create({ data: { id: newId(), personId, seq: 1, actorId: actors.other.id, ...notice } });
  await db.personInbox.create({ data: { personId, lastSeq: 1, unseen: 1 } });
  const week = { startsAt: new Date("2026-03-02"), endsAt: new Date("2026-03-07"), reason: "VACATION", enteredById: personId } as const;
  await db.absence.create({ data: { id: newId(), personId, ...week, note: `${name}의 휴가` } });
  await db.absence.create({ data: { id: newId(), personId: actors.other.id, ...week, deputyId: personId } });
  await db.favourite.create({ data: { id: newId(), ownerId: personId, personId: actors.other.id } });
  await db.favourite.create({ data: { id: newId(), ownerId: actors.other.id, personId } });
  await db.recentPerson.create({ data: { ownerId: actors.other.id, personId, seenAt: new Date() } });
  const asked = { requestedById: actors.other.id, requestedAt: new Date(), effectiveOn: new Date() };
  await db.transition.create({ data: { id: newId(), personId, kind: "LEAVE", state: "DONE", ...asked } });
  const role = { topic: "identity.roleChangeRequested", subjectType: "identity.role-change", subjectId: newId() } as const;
  await db.notification.create({
    data: {
      id: newId(),
      personId: actors.admin.id,
      seq: Math.floor(Math.random() * 1e9),
      eventId: newId(),
      ...role,
      details: { title: name, excerpt: "" },
    },
  });
  const excerpt = { ...notice, personId: actors.other.id, details: { ...details, excerpt: `${name}님, 고마워요` } };
  await db.notification.create({ data: { id: newId(), seq: Math.floor(Math.random() * 1e9), ...excerpt, eventId: newId() } });
  const { id } = await db.mailMessage.create({
    data: { id: newId(), mailId: newId(), recipient: mail, subject: `${name}님`, text: mail },
  });
  await test.as(actors.admin).mail.openMessage({ id });
  return post;
};

/** Somebody who has left traces in every module. */
export const leaveTraces = async (test: TestMaru, marks: Marks): Promise<{ actor: Actor; accountId: string; postId: string }> => {
  const { db, departments } = test;
  const actor = await createActor(db, { name: marks.name, permissions: MEMBER, departmentIds: [departments.sales, departments.company] });
  const accountId = actor.accountId ?? "";
  await db.person.update({
    where: { id: actor.id },
    data: {
      ...personSearchKeys(marks),
      nameEn: marks.nameEn,
      email: marks.mail,
      phone: marks.phone,
      mobile: marks.mobile,
      employeeNo: marks.employeeNo,
    },
  });
  await db.account.update({
    where: { id: accountId },
    data: { username: marks.username, verifiedMail: marks.verifiedMail, passwordHash: "hash", locale: "ko", timeZone: "Asia/Seoul" },
  });
  await giveKeys(db, accountId, marks);
  const post = await giveDeeds(test, actor.id, marks);
  // Through the real doors, so that their consequences are here too: the audit log, the outbox, the bytes.
  const stream = Readable.from([Buffer.from(`${marks.name}의 이력서`)]);
  await receiveFile(test.contextFor(actor), { name: `${marks.name} 이력서.txt`, stream, declaredSize: null });
  const [document] = await db.privacyDocument.findMany({ where: { kind: "TERMS" } });
  if (document) await test.as(actor).privacy.giveConsents({ documentIds: [document.id] });
  return { actor, accountId, postId: post.id };
};

/** The columns in which one of the marks still stands, as `table.column`, each once. */
export const findTraces = async (db: PrismaReader, marks: Marks): Promise<string[]> => {
  const columns = await db.$queryRaw<{ table_name: string; column_name: string }[]>`
    SELECT c.table_name, c.column_name FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
    WHERE c.table_schema = 'public' AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY')
    ORDER BY c.table_name, c.column_name`;
  const found: string[] = [];
  for (const { table_name, column_name } of columns) {
    const [row] = await db.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM "${table_name}" WHERE "${column_name}"::text ILIKE ANY ($1::text[])`,
      Object.values(marks).map((mark) => `%${mark}%`),
    );
    if (row && row.count > 0) found.push(`${table_name}.${column_name}`);
  }
  if (columns.length < 60) throw new Error(`only ${columns.length} columns were looked at`);
  return found;
};
