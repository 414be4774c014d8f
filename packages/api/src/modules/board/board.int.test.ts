import { createBoard } from "@maru/db/testing/factories/board";
import { createPost } from "@maru/db/testing/factories/post";
import { newId } from "@maru/platform/crypto/id";
import { paragraphs } from "@maru/platform/rich-text";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestActorName, type TestMaru } from "../../testing/testing";

let test: TestMaru;
let open: string;
let notices: string;
let development: string;

beforeAll(async () => {
  test = await createTestMaru();
  open = (await createBoard(test.db, { slug: "free", name: "자유게시판" })).id;
  notices = (await createBoard(test.db, { slug: "notice", postingBy: "MODERATORS", isNotice: true })).id;
  development = (await createBoard(test.db, { slug: "dev", departmentId: test.departments.development })).id;
});
afterAll(() => test.stop());

const by = (name: TestActorName) => test.as(test.actors[name]).board;
const text = (boardId: string, changes: object = {}) => ({ boardId, title: "제목", body: paragraphs("본문입니다."), ...changes });

describe("listBoards and getBoard", () => {
  it("show what somebody may read, with what may be done there", async () => {
    const slugs = async (name: TestActorName) => (await by(name).listBoards({})).map(({ slug }) => slug).sort();
    expect(await slugs("member")).toEqual(["dev", "free", "notice"]);
    expect(await slugs("other")).toEqual(["free", "notice"]);
    expect(await slugs("guest")).toEqual(["free", "notice"]);
    expect(await slugs("moderator")).toEqual(["dev", "free", "notice"]);
    expect((await by("member").getBoard({ slug: "notice" })).can).toEqual({ post: false, moderate: false });
    expect((await by("moderator").getBoard({ slug: "notice" })).can).toEqual({ post: true, moderate: true });
    expect((await by("departmentAdmin").getBoard({ slug: "dev" })).can).toEqual({ post: true, moderate: true });
    expect((await by("guest").getBoard({ slug: "free" })).can).toEqual({ post: false, moderate: false });
  });

  it("do not tell a board that may not be known of from one that is not there", async () => {
    expect(await refusal(by("other").getBoard({ slug: "dev" }))).toBe("board.boardNotFound");
    expect(await refusal(by("other").getBoard({ slug: "nowhere" }))).toBe("board.boardNotFound");
    expect(await refusal(test.as(null).board.listBoards({}))).toBe("common.signInRequired");
  });
});

describe("publishPost", () => {
  it("publishes with one event for whoever is mentioned and still there, and one line in the audit record", async () => {
    const gone = newId();
    const { member, other } = test.actors;
    const mention = (id: string) => ({ type: "mention", attrs: { id, label: "누군가" } });
    const body = { type: "doc" as const, content: [{ type: "paragraph", content: [mention(other.id), mention(gone)] }] };
    const { id, version } = await by("member").publishPost(text(open, { body }));
    expect(version).toBe(1);
    const post = await by("other").getPost({ id });
    expect(post).toMatchObject({
      title: "제목",
      author: { id: member.id, name: "홍길동", department: "개발1팀" },
      isRead: false,
      version: 1,
    });
    expect(post.can).toEqual({ edit: false, delete: false, comment: true });
    const events = await test.db.outbox.findMany({ where: { name: "board.post-published" } });
    expect(events.map(({ payload }) => payload)).toContainEqual({ postId: id, boardId: open, mentionedIds: [other.id] });
    const audit = await test.db.auditEntry.findMany({ where: { subjectId: id } });
    expect(audit).toMatchObject([{ action: "board.post.publish", actorId: member.id }]);
  });

  it("tells of a mention only those who may read the board", async () => {
    const { other, departmentAdmin } = test.actors;
    const content = [other, departmentAdmin].map(({ id }) => ({ type: "mention", attrs: { id, label: "x" } }));
    const { id } = await by("member").publishPost(text(development, { body: { type: "doc", content: [{ type: "paragraph", content }] } }));
    const events = await test.db.outbox.findMany({ where: { name: "board.post-published" } });
    const payload = events.map((event) => event.payload as { postId: string; mentionedIds: string[] }).find(({ postId }) => postId === id);
    expect(payload?.mentionedIds).toEqual([departmentAdmin.id]);
  });

  it.each<[TestActorName, () => string, string]>([
    ["guest", () => open, "common.forbidden"],
    ["member", () => notices, "board.postingNotAllowed"],
    ["departmentAdmin", () => notices, "board.postingNotAllowed"],
    ["moderator", () => notices, "done"],
    ["other", () => development, "board.boardNotFound"],
    ["member", () => development, "done"],
    ["member", () => newId(), "board.boardNotFound"],
  ])("%s on %s: %s", async (name, boardId, expected) => {
    expect(await refusal(by(name).publishPost(text(boardId())))).toBe(expected);
  });

  it.each([
    ["a script", { type: "script", content: [{ type: "text", text: "alert(1)" }] }],
    ["raw HTML", { type: "html", attrs: { html: "<img onerror=x>" } }],
    [
      "a javascript link",
      { type: "paragraph", content: [{ type: "text", text: "x", marks: [{ type: "link", attrs: { href: "javascript:1" } }] }] },
    ],
    ["an image from elsewhere", { type: "image", attrs: { src: "https://evil.example/x.png" } }],
    ["an unknown attribute", { type: "paragraph", attrs: { onclick: "x" } }],
    ["a document in a document", { type: "doc", content: [] }],
    ["a prototype", { type: "__proto__" }],
  ])("refuses rich text with %s and stores nothing", async (_name, node) => {
    const before = await test.db.post.count();
    const body = { type: "doc" as const, content: [node] };
    expect(await refusal(by("member").publishPost(text(open, { body })))).toBe("common.invalidInput");
    expect(await test.db.post.count()).toBe(before);
  });

  it("makes one post of two requests with one idempotency key, also when both come at once", async () => {
    const once = { kind: "command", key: newId(), procedure: "board.publishPost", requestHash: "hash" } as const;
    const publish = () => test.as(test.actors.member, once).board.publishPost(text(open, { title: "한 번만" }));
    const answers = await Promise.all([publish(), publish()]);
    answers.push(await publish());
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await test.db.post.count({ where: { title: "한 번만" } })).toBe(1);
    const postId = answers[0]?.id ?? "";
    const events = await test.db.outbox.findMany({ where: { name: "board.post-published" } });
    expect(events.filter(({ payload }) => (payload as { postId: string }).postId === postId)).toHaveLength(1);
    const other = test.as(test.actors.member, { ...once, requestHash: "another body" }).board;
    expect(await refusal(other.publishPost(text(open)))).toBe("common.idempotencyKeyReused");
  });
});

describe("getPost and markPostRead", () => {
  it("refuse what may not be read, and what is no id", async () => {
    const hidden = await createPost(test.db, { boardId: development });
    expect(await refusal(by("other").getPost({ id: hidden.id }))).toBe("board.postNotFound");
    expect(await refusal(by("other").markPostRead({ id: hidden.id }))).toBe("board.postNotFound");
    expect(await refusal(by("other").setPostLike({ id: hidden.id }))).toBe("board.postNotFound");
    expect(await refusal(by("other").listComments({ postId: hidden.id }))).toBe("board.postNotFound");
    expect(await refusal(by("other").getPost({ id: "1" }))).toBe("common.invalidInput");
  });

  it("count a visit once an hour, also when two tabs open at once", async () => {
    const { id } = await createPost(test.db, { boardId: open });
    await Promise.all([by("member").markPostRead({ id }), by("member").markPostRead({ id })]);
    await by("other").markPostRead({ id });
    expect(await by("member").getPost({ id })).toMatchObject({ viewCount: 2, isRead: true });
    await test.db.postRead.updateMany({ where: { postId: id }, data: { readAt: new Date(Date.now() - 61 * 60 * 1000) } });
    await by("member").markPostRead({ id });
    expect((await by("member").getPost({ id })).viewCount).toBe(3);
    const listed = await by("member").listPosts({ boardId: open, limit: 100 });
    expect(listed.items.find((post) => post.id === id)).toMatchObject({ viewCount: 3, isRead: true });
    const unread = await by("guest").listPosts({ boardId: open, limit: 100 });
    expect(unread.items.find((post) => post.id === id)).toMatchObject({ viewCount: 3, isRead: false });
  });
});

describe("setPostLike", () => {
  it("is the same asked once or twice, and tells of it once", async () => {
    const { id } = await createPost(test.db, { boardId: open });
    expect(await by("member").setPostLike({ id })).toEqual({ isLiked: true, likeCount: 1 });
    expect(await by("member").setPostLike({ id, isLiked: true })).toEqual({ isLiked: true, likeCount: 1 });
    expect(await by("other").setPostLike({ id })).toEqual({ isLiked: true, likeCount: 2 });
    expect(await by("member").setPostLike({ id, isLiked: false })).toEqual({ isLiked: false, likeCount: 1 });
    expect(await by("member").setPostLike({ id, isLiked: false })).toEqual({ isLiked: false, likeCount: 1 });
    expect(await by("other").getPost({ id })).toMatchObject({ isLiked: true, likeCount: 1 });
    const events = await test.db.outbox.findMany({ where: { name: "board.post-liked" } });
    expect(events.filter(({ payload }) => (payload as { postId: string }).postId === id)).toHaveLength(2);
  });
});

describe("listRecentPosts", () => {
  it("shows the newest of the boards that may be read, or the notices alone", async () => {
    const at = new Date(Date.now() + 60_000);
    const notice = await createPost(test.db, { boardId: notices, publishedAt: at });
    const internal = await createPost(test.db, { boardId: development, publishedAt: at });
    const ids = async (name: TestActorName, input = {}) => (await by(name).listRecentPosts(input)).map(({ id }) => id);
    expect(await ids("member")).toEqual(expect.arrayContaining([notice.id, internal.id]));
    expect(await ids("other")).not.toContain(internal.id);
    expect(await ids("other", { noticesOnly: true, limit: 1 })).toEqual([notice.id]);
    expect(await refusal(by("other").listRecentPosts({ limit: 21 }))).toBe("common.invalidInput");
  });
});
