import { createBoard } from "@maru/db/testing/factories/board";
import { createComment } from "@maru/db/testing/factories/comment";
import { createPost } from "@maru/db/testing/factories/post";
import { newId } from "@maru/platform/crypto/id";
import { paragraphs } from "@maru/platform/rich-text";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestActorName, type TestMaru } from "../../testing/testing";

let test: TestMaru;
let boardId: string;

beforeAll(async () => {
  test = await createTestMaru();
  boardId = (await createBoard(test.db, { departmentId: test.departments.development })).id;
});
afterAll(() => test.stop());

const by = (name: TestActorName) => test.as(test.actors[name]).board;
const newPost = async () => (await createPost(test.db, { boardId, authorId: test.actors.member.id })).id;
const body = (text = "댓글") => paragraphs(text);

describe("addComment", () => {
  it("adds to the post, its counter and the outbox", async () => {
    const postId = await newPost();
    const comment = await by("departmentAdmin").addComment({ postId, body: body("좋습니다.") });
    expect(comment).toMatchObject({
      parentId: null,
      author: { name: "이부장" },
      version: 1,
      can: { edit: true, delete: true },
      isDeleted: false,
    });
    expect((await by("member").getPost({ id: postId })).commentCount).toBe(1);
    const events = await test.db.outbox.findMany({ where: { name: "board.comment-added" } });
    expect(events.map(({ payload }) => payload)).toContainEqual({ postId, commentId: comment.id, parentId: null, mentionedIds: [] });
  });

  it("keeps threads two levels deep", async () => {
    const postId = await newPost();
    const first = await by("member").addComment({ postId, body: body() });
    const reply = await by("member").addComment({ postId, parentId: first.id, body: body() });
    const replyToReply = await by("departmentAdmin").addComment({ postId, parentId: reply.id, body: body() });
    expect(replyToReply.parentId).toBe(first.id);
  });

  it("refuses strangers, other posts' threads, and comments that are gone", async () => {
    const postId = await newPost();
    const elsewhere = await createComment(test.db, { postId: await newPost() });
    const gone = await createComment(test.db, { postId, deletedAt: new Date() });
    expect(await refusal(by("other").addComment({ postId, body: body() }))).toBe("board.postNotFound");
    expect(await refusal(by("guest").addComment({ postId, body: body() }))).toBe("common.forbidden");
    expect(await refusal(by("member").addComment({ postId, parentId: elsewhere.id, body: body() }))).toBe("board.commentNotFound");
    expect(await refusal(by("member").addComment({ postId, parentId: gone.id, body: body() }))).toBe("board.commentNotFound");
    expect(await refusal(by("member").addComment({ postId, body: { type: "doc", content: [{ type: "script" }] } }))).toBe(
      "common.invalidInput",
    );
    expect((await by("member").getPost({ id: postId })).commentCount).toBe(0);
  });
});

describe("editComment", () => {
  it("is for its author, and for one of two who save at once", async () => {
    const postId = await newPost();
    const { id } = await by("member").addComment({ postId, body: body() });
    expect(await refusal(by("departmentAdmin").editComment({ id, version: 1, body: body("남의 말") }))).toBe("board.notYours");
    expect(await refusal(by("other").editComment({ id, version: 1, body: body() }))).toBe("board.commentNotFound");
    const edits = [
      by("member").editComment({ id, version: 1, body: body("가") }),
      by("member").editComment({ id, version: 1, body: body("나") }),
    ];
    expect((await Promise.all(edits.map(refusal))).sort()).toEqual(["board.commentChanged", "done"]);
    expect(await refusal(by("member").editComment({ id: newId(), version: 1, body: body() }))).toBe("board.commentNotFound");
  });
});

describe("deleteComment", () => {
  it("leaves an empty place while there are replies, and none afterwards", async () => {
    const postId = await newPost();
    const first = await by("member").addComment({ postId, body: body("비밀") });
    const reply = await by("departmentAdmin").addComment({ postId, parentId: first.id, body: body() });
    await by("member").deleteComment({ id: first.id });
    const { items } = await by("member").listComments({ postId });
    expect(items.map(({ id, isDeleted }) => [id, isDeleted])).toEqual([
      [first.id, true],
      [reply.id, false],
    ]);
    expect(JSON.stringify(items[0]?.body)).not.toContain("비밀");
    expect(items[0]?.can).toEqual({ edit: false, delete: false });
    await by("departmentAdmin").deleteComment({ id: reply.id });
    expect((await by("member").listComments({ postId })).items).toEqual([]);
    expect((await by("member").getPost({ id: postId })).commentCount).toBe(0);
  });

  it("is for its author and moderators, once", async () => {
    const postId = await newPost();
    const first = await by("departmentAdmin").addComment({ postId, body: body() });
    expect(await refusal(by("member").deleteComment({ id: first.id }))).toBe("board.notYours");
    expect(await refusal(by("other").deleteComment({ id: first.id }))).toBe("board.commentNotFound");
    const outcomes = await Promise.all([1, 2].map(() => refusal(by("moderator").deleteComment({ id: first.id }))));
    expect(outcomes.sort()).toEqual(["board.commentNotFound", "done"]);
    expect((await by("member").getPost({ id: postId })).commentCount).toBe(0);
  });
});
