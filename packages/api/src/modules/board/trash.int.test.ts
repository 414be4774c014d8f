import { createBoard } from "@maru/db/testing/factories/board";
import { createComment } from "@maru/db/testing/factories/comment";
import { createFile } from "@maru/db/testing/factories/file";
import { createPost } from "@maru/db/testing/factories/post";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestActorName, type TestMaru } from "../../testing/testing";
import { subjects } from "./access";
import { handlers } from "./handlers";

let test: TestMaru;
let boardId: string;

beforeAll(async () => {
  test = await createTestMaru();
  boardId = (await createBoard(test.db, { departmentId: test.departments.development })).id;
});
afterAll(() => test.stop());

const by = (name: TestActorName) => test.as(test.actors[name]).board;
const newPost = async (name: TestActorName = "member") => (await createPost(test.db, { boardId, authorId: test.actors[name].id })).id;
const never = new AbortController().signal;

describe("the trash", () => {
  it("takes a post away everywhere and gives it back", async () => {
    const id = await newPost();
    await by("member").deletePost({ id });
    expect(await refusal(by("member").getPost({ id }))).toBe("board.postNotFound");
    expect((await by("member").listPosts({ boardId })).items.map((post) => post.id)).not.toContain(id);
    expect(await subjects["board.post"].canRead(test.contextFor(test.actors.member), [id])).toEqual(new Set());
    const [trashed] = await by("member").listTrash({ boardId });
    expect(trashed).toMatchObject({ id, deletedBy: { name: "홍길동" }, can: { restore: true } });
    expect(await test.db.outbox.count({ where: { name: "board.post-deleted", payload: { equals: { postId: id } } } })).toBe(1);
    await by("member").restorePost({ id });
    expect((await by("member").getPost({ id })).id).toBe(id);
    expect(await refusal(by("member").restorePost({ id }))).toBe("board.postNotFound");
  });

  it.each<[TestActorName, string]>([
    ["member", "done"],
    ["departmentAdmin", "done"],
    ["moderator", "done"],
    ["other", "board.postNotFound"],
    ["guest", "common.forbidden"],
  ])("deletePost by %s: %s", async (name, expected) => {
    expect(await refusal(by(name).deletePost({ id: await newPost() }))).toBe(expected);
  });

  it("does not let a colleague delete or see, nor an author bring back what a moderator took away", async () => {
    const theirs = await newPost("departmentAdmin");
    expect(await refusal(by("member").deletePost({ id: theirs }))).toBe("board.notYours");
    const mine = await newPost();
    await by("departmentAdmin").deletePost({ id: mine });
    await by("departmentAdmin").deletePost({ id: theirs });
    expect(await refusal(by("member").restorePost({ id: mine }))).toBe("board.notYours");
    expect(await refusal(by("member").restorePost({ id: theirs }))).toBe("board.postNotFound");
    const seen = (await by("member").listTrash({ boardId })).map(({ id }) => id);
    expect(seen).toContain(mine);
    expect(seen).not.toContain(theirs);
    const all = (await by("moderator").listTrash({ boardId })).map(({ id }) => id);
    expect(all).toEqual(expect.arrayContaining([mine, theirs]));
    expect(await refusal(by("other").listTrash({ boardId }))).toBe("board.boardNotFound");
    await by("moderator").restorePost({ id: mine });
  });
});

describe("board.empty-trash", () => {
  it("removes for good what has been there for 30 days, with all that belongs to it, and nothing else", async () => {
    const day = 24 * 60 * 60 * 1000;
    const deleted = (days: number) => ({ boardId, deletedAt: new Date(Date.now() - days * day), deletedById: test.actors.member.id });
    const old = await createPost(test.db, deleted(31));
    const recent = await createPost(test.db, deleted(29));
    const parent = await createComment(test.db, { postId: old.id });
    await createComment(test.db, { postId: old.id, parentId: parent.id });
    await test.db.postRead.create({ data: { postId: old.id, personId: test.actors.member.id } });
    await test.db.postLike.create({ data: { postId: old.id, personId: test.actors.member.id } });
    const file = await createFile(test.db, { subjectType: "board.post", subjectId: old.id });
    await handlers["board.empty-trash"].run(test.contextFor(test.actors.admin), {}, never);
    expect(await test.db.post.findMany({ where: { id: { in: [old.id, recent.id] } } })).toMatchObject([{ id: recent.id }]);
    expect(await test.db.comment.count({ where: { postId: old.id } })).toBe(0);
    expect(await test.db.postRead.count({ where: { postId: old.id } })).toBe(0);
    expect(await test.db.postLike.count({ where: { postId: old.id } })).toBe(0);
    expect(await test.db.file.findUnique({ where: { id: file.id } })).toMatchObject({ subjectId: null });
    expect(await test.db.auditEntry.count({ where: { subjectId: old.id, action: "board.post.remove" } })).toBe(1);
  });
});

describe("board.fold-counts", () => {
  it("folds what was appended, once, while readers see the same sum before, meanwhile and after", async () => {
    const id = await newPost();
    await test.db.post.update({ where: { id }, data: { viewCount: 1_000, likeCount: 100, commentCount: 10 } });
    await test.db.postCountDelta.createMany({
      data: Array.from({ length: 600 }, (_, index) => ({ postId: id, views: 1, likes: index % 2, comments: index % 3 === 0 ? 1 : 0 })),
    });
    await test.db.postCountDelta.create({ data: { postId: newId(), views: 1 } });
    const counts = async () => {
      const { viewCount, likeCount, commentCount } = await by("member").getPost({ id });
      return [viewCount, likeCount, commentCount];
    };
    const fold = () => handlers["board.fold-counts"].run(test.contextFor(test.actors.admin), {}, never);
    const seen = await Promise.all([counts(), fold(), counts(), fold(), counts(), counts()]);
    seen.push(await counts());
    for (const each of seen) if (each) expect(each).toEqual([1_600, 400, 210]);
    expect(await test.db.postCountDelta.count()).toBe(0);
    expect(await test.db.post.findUnique({ where: { id } })).toMatchObject({ viewCount: 1_600, likeCount: 400, commentCount: 210 });
  });
});
