import { type Actor, AlreadyDone, SYSTEM_ACTOR_ID } from "@maru/db/context";
import { createBoard } from "@maru/db/testing/factories/board";
import { createComment } from "@maru/db/testing/factories/comment";
import { createPerson } from "@maru/db/testing/factories/person";
import { createPost } from "@maru/db/testing/factories/post";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { syncBuiltInRoles } from "../identity/service";
import { addNotices, type Notice, purgeRead } from "./service";
import { subscriptions } from "./subscriptions";

const SYSTEM: Actor = {
  id: SYSTEM_ACTOR_ID,
  accountId: null,
  sessionId: null,
  permissions: new Set(),
  departmentIds: [],
  managedDepartmentIds: [],
};

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
  const member = await test.db.role.findUniqueOrThrow({ where: { key: "member" } });
  const accounts = await test.db.account.findMany();
  await test.db.roleAssignment.createMany({ data: accounts.map((account) => ({ id: newId(), accountId: account.id, roleId: member.id })) });
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.db.notification.deleteMany();
  await test.db.personInbox.deleteMany();
});

/** Lets the module react as the worker does: as the system, at most once for a piece of work. */
const react = (consumer: string, payload: Record<string, unknown>, actorId: string, workId = newId(), eventId = newId()) => {
  const subscription = subscriptions.find((one) => one.consumer === consumer);
  if (!subscription) throw new Error(`no subscription ${consumer}`);
  const ctx = test.contextFor(SYSTEM, { kind: "work", workId });
  const parsed = subscription.event.payload.parse(payload);
  return subscription.react(ctx, { id: eventId, payload: parsed, actorId, occurredAt: new Date() }, new AbortController().signal);
};
const listOf = (actor: Actor, input: { limit?: number; cursor?: string; unreadOnly?: boolean } = {}) =>
  test.as(actor).notification.listNotifications(input);
const inboxOf = (actor: Actor) => test.as(actor).notification.getInbox({});

describe("reactions to the board", () => {
  it("tells whom a post mentions, with the way there", async () => {
    const { member, other } = test.actors;
    const board = await createBoard(test.db, { slug: "free-talk" });
    const post = await createPost(test.db, { boardId: board.id, authorId: member.id, title: "점심 메뉴", text: "오늘은 어디로 갈까요?" });
    await react("notification.tell-of-post", { postId: post.id, boardId: board.id, mentionedIds: [other.id, member.id] }, member.id);
    const { items } = await listOf(other);
    expect(items).toEqual([
      expect.objectContaining({
        seq: 1,
        topic: "board.mentioned",
        href: `/boards/free-talk/${post.id}`,
        title: "점심 메뉴",
        excerpt: "오늘은 어디로 갈까요?",
        isAvailable: true,
        isSeen: false,
        isRead: false,
        actor: expect.objectContaining({ name: "홍길동" }),
      }),
    ]);
    expect(await inboxOf(other)).toEqual({ unseen: 1, lastSeq: 1 });
    expect((await listOf(member)).items).toEqual([]);
  });

  it("tells the authors of post and parent of an answer, each once", async () => {
    const { member, other, moderator } = test.actors;
    const post = await createPost(test.db, { authorId: member.id });
    const parent = await createComment(test.db, { postId: post.id, authorId: other.id });
    const reply = await createComment(test.db, { postId: post.id, parentId: parent.id, authorId: moderator.id, text: "맞아요" });
    const payload = { postId: post.id, commentId: reply.id, parentId: parent.id, mentionedIds: [other.id] };
    await react("notification.tell-of-comment", payload, moderator.id);
    expect((await listOf(member)).items).toEqual([expect.objectContaining({ topic: "board.commented", excerpt: "맞아요" })]);
    const [toOther] = (await listOf(other)).items;
    expect(toOther).toMatchObject({ topic: "board.mentioned" });
    expect(toOther?.href).toMatch(new RegExp(`/${post.id}#comment-${reply.id}$`));
    expect((await listOf(moderator)).items).toEqual([]);
  });

  it("tells nobody of a post that she may not read, and nobody who can't sign in", async () => {
    const { member, other } = test.actors;
    const board = await createBoard(test.db, { departmentId: test.departments.development });
    const post = await createPost(test.db, { boardId: board.id, authorId: member.id });
    const stranger = await createPerson(test.db);
    const mentionedIds = [other.id, stranger.id, test.actors.departmentAdmin.id];
    await react("notification.tell-of-post", { postId: post.id, boardId: board.id, mentionedIds }, member.id);
    expect(await test.db.notification.findMany({ select: { personId: true } })).toEqual([{ personId: test.actors.departmentAdmin.id }]);
    expect(await inboxOf(other)).toEqual({ unseen: 0, lastSeq: 0 });
  });

  it("tells of a liking once, however often it is taken back", async () => {
    const { member, other, moderator } = test.actors;
    const post = await createPost(test.db, { authorId: member.id });
    const like = async (personId: string) => {
      await test.db.postLike.createMany({ data: { postId: post.id, personId }, skipDuplicates: true });
      await react("notification.tell-of-like", { postId: post.id, personId }, personId);
    };
    await like(other.id);
    await test.db.postLike.deleteMany();
    await like(other.id);
    expect((await listOf(member)).items).toHaveLength(1);
    await like(moderator.id);
    await like(member.id);
    expect((await listOf(member)).items.map(({ actor }) => actor?.name)).toEqual(["박관리", "김영희"]);
  });

  it("reads what stands now: a post or comment that was deleted and a liking that was taken back are no news", async () => {
    const { member, other } = test.actors;
    const gone = await createPost(test.db, { authorId: member.id, deletedAt: new Date() });
    const post = await createPost(test.db, { authorId: member.id });
    const comment = await createComment(test.db, { postId: post.id, authorId: other.id, deletedAt: new Date() });
    await react("notification.tell-of-post", { postId: gone.id, boardId: gone.boardId, mentionedIds: [other.id] }, member.id);
    await react("notification.tell-of-comment", { postId: post.id, commentId: comment.id, parentId: null, mentionedIds: [] }, other.id);
    await react("notification.tell-of-like", { postId: post.id, personId: other.id }, other.id);
    expect(await test.db.notification.count()).toBe(0);
  });

  it("has one effect when the same event is delivered again, as the same work or as another", async () => {
    const { member, other } = test.actors;
    const post = await createPost(test.db, { authorId: member.id });
    const payload = { postId: post.id, boardId: post.boardId, mentionedIds: [other.id] };
    const [workId, eventId] = [newId(), newId()];
    await react("notification.tell-of-post", payload, member.id, workId, eventId);
    await expect(react("notification.tell-of-post", payload, member.id, workId, eventId)).rejects.toBeInstanceOf(AlreadyDone);
    await react("notification.tell-of-post", payload, member.id, newId(), eventId);
    expect(await inboxOf(other)).toEqual({ unseen: 1, lastSeq: 1 });
  });
});

const noticeTo = (personId: string, subjectId: string): Notice => ({
  personId,
  eventId: newId(),
  topic: "board.commented",
  actorId: test.actors.member.id,
  subjectType: "board.post",
  subjectId,
  details: { boardSlug: "free", title: "제목", excerpt: "내용", commentId: null },
});
const give = async (actor: Actor, count: number, subjectId?: string) => {
  const id = subjectId ?? (await createPost(test.db)).id;
  for (let index = 0; index < count; index += 1) await test.contextFor(SYSTEM).tx((tx) => addNotices(tx, [noticeTo(actor.id, id)]));
  return id;
};

describe("sequence numbers", () => {
  it("have no gap and no twin under twenty events at once, told to two people in opposite orders", async () => {
    const { member, other } = test.actors;
    const { id } = await createPost(test.db);
    const tell = (index: number) => {
      const notices = [noticeTo(member.id, id), noticeTo(other.id, id)];
      return test.contextFor(SYSTEM).tx((tx) => addNotices(tx, index % 2 === 0 ? notices : notices.reverse()));
    };
    const failing = () =>
      test.contextFor(SYSTEM).tx(async (tx) => {
        await addNotices(tx, [noticeTo(member.id, id)]);
        throw new Error("rolled back");
      });
    const work = Array.from({ length: 20 }, (_, index) => [tell(index), ...(index % 4 === 0 ? [failing().catch(() => {})] : [])]).flat();
    await Promise.all(work);
    for (const actor of [member, other]) {
      const rows = await test.db.notification.findMany({ where: { personId: actor.id }, orderBy: { seq: "asc" } });
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      expect(await inboxOf(actor)).toEqual({ unseen: 20, lastSeq: 20 });
    }
  });
});

describe("the inbox", () => {
  it("is paged from the newest, each notification once", async () => {
    const { member } = test.actors;
    await give(member, 7);
    const first = await listOf(member, { limit: 3 });
    const second = await listOf(member, { limit: 3, cursor: first.nextCursor ?? undefined });
    const third = await listOf(member, { limit: 3, cursor: second.nextCursor ?? undefined });
    expect([first, second, third].flatMap(({ items }) => items.map(({ seq }) => seq))).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(third.nextCursor).toBeNull();
  });

  it("counts down as things are seen, and what comes meanwhile stays unseen", async () => {
    const { member } = test.actors;
    await give(member, 5);
    expect(await test.as(member).notification.markSeen({ upToSeq: 3 })).toEqual({ unseen: 2, lastSeq: 5 });
    expect(await test.as(member).notification.markSeen({ upToSeq: 3 })).toEqual({ unseen: 2, lastSeq: 5 });
    const { items } = await listOf(member);
    expect(items.map(({ isSeen }) => isSeen)).toEqual([false, false, true, true, true]);
  });

  it("takes what is read as seen, and lists the unread alone", async () => {
    const { member } = test.actors;
    await give(member, 3);
    const [newest] = (await listOf(member)).items;
    const id = newest?.id ?? "";
    expect(await test.as(member).notification.markRead({ id })).toEqual({ unseen: 2, lastSeq: 3 });
    expect(await test.as(member).notification.markRead({ id })).toEqual({ unseen: 2, lastSeq: 3 });
    expect((await listOf(member, { unreadOnly: true })).items.map(({ seq }) => seq)).toEqual([2, 1]);
    expect(await test.as(member).notification.markAllRead({})).toEqual({ unseen: 0, lastSeq: 3 });
    expect((await listOf(member, { unreadOnly: true })).items).toEqual([]);
  });

  it("keeps its badge equal to its rows, whatever is done at once", async () => {
    const { member } = test.actors;
    const subjectId = await give(member, 5);
    const { items } = await listOf(member);
    const caller = () => test.as(member).notification;
    await Promise.all([
      give(member, 5, subjectId),
      caller().markSeen({ upToSeq: 2 }),
      caller().markSeen({ upToSeq: 4 }),
      ...items.map(({ id }) => caller().markRead({ id })),
    ]);
    const unseen = await test.db.notification.count({ where: { personId: member.id, seenAt: null } });
    expect(await inboxOf(member)).toEqual({ unseen, lastSeq: 10 });
  });

  it("does not tell any more what may not be read any more", async () => {
    const { member } = test.actors;
    const subjectId = await give(member, 1);
    await test.db.post.update({ where: { id: subjectId }, data: { deletedAt: new Date() } });
    expect((await listOf(member)).items).toEqual([
      expect.objectContaining({ isAvailable: false, title: "", excerpt: "", href: "/notifications", seq: 1 }),
    ]);
  });

  it("forgets what was read half a year ago, and never what is unread", async () => {
    const { member } = test.actors;
    await give(member, 2);
    const longAgo = new Date(Date.now() - 200 * 24 * 60 * 60 * 1000);
    await test.db.notification.updateMany({ where: { seq: 1 }, data: { readAt: longAgo, seenAt: longAgo, createdAt: longAgo } });
    await test.db.notification.updateMany({ where: { seq: 2 }, data: { createdAt: longAgo } });
    await purgeRead(test.contextFor(SYSTEM));
    expect((await listOf(member)).items.map(({ seq }) => seq)).toEqual([2]);
  });
});

describe("rights", () => {
  const nobody: Actor = { ...SYSTEM, id: newId() };

  it("are asked for at every procedure", async () => {
    const caller = test.as(nobody).notification;
    expect(await refusal(caller.listNotifications({}))).toBe("common.forbidden");
    expect(await refusal(caller.getInbox({}))).toBe("common.forbidden");
    expect(await refusal(caller.markSeen({ upToSeq: 1 }))).toBe("common.forbidden");
    expect(await refusal(caller.markRead({ id: newId() }))).toBe("common.forbidden");
    expect(await refusal(caller.markAllRead({}))).toBe("common.forbidden");
    expect(await refusal(caller.stream({}))).toBe("common.forbidden");
    expect(await refusal(test.as(null).notification.getInbox({}))).toBe("common.signInRequired");
  });

  it("end at one's own notifications", async () => {
    const { member, other } = test.actors;
    await give(member, 1);
    const [own] = (await listOf(member)).items;
    expect(await refusal(test.as(other).notification.markRead({ id: own?.id ?? "" }))).toBe("notification.notificationNotFound");
    expect((await listOf(member)).items).toEqual([expect.objectContaining({ isRead: false })]);
  });

  it("refuse what is no input", async () => {
    const caller = test.as(test.actors.member).notification;
    expect(await refusal(caller.listNotifications({ cursor: "yesterday" }))).toBe("notification.cursorInvalid");
    expect(await refusal(caller.listNotifications({ limit: 101 }))).toBe("common.invalidInput");
    expect(await refusal(caller.markSeen({ upToSeq: -1 }))).toBe("common.invalidInput");
    expect(await refusal(caller.markRead({ id: "1" }))).toBe("common.invalidInput");
    expect(await refusal(caller.stream({ lastEventId: "x" }))).toBe("common.invalidInput");
  });
});
