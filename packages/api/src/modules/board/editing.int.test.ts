import { createBoard } from "@maru/db/testing/factories/board";
import { createFile } from "@maru/db/testing/factories/file";
import { createPost } from "@maru/db/testing/factories/post";
import { paragraphs } from "@maru/platform/rich-text";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, findRefusal, refusal, type TestActorName, type TestMaru } from "../../testing/testing";
import { MAX_ATTACHMENTS, postChangedDetails } from "./contract";

let test: TestMaru;
let boardId: string;

beforeAll(async () => {
  test = await createTestMaru();
  boardId = (await createBoard(test.db, { departmentId: test.departments.development })).id;
});
afterAll(() => test.stop());

const by = (name: TestActorName) => test.as(test.actors[name]).board;
const newPost = () => createPost(test.db, { boardId, authorId: test.actors.member.id, title: "처음" });
const edit = (id: string, version: number, changes: object = {}) => ({
  id,
  version,
  title: "고침",
  body: paragraphs("고친 글"),
  ...changes,
});

const changedDetails = async (call: Promise<unknown>) => {
  const refused = await findRefusal(call);
  expect(refused?.code).toBe("board.postChanged");
  return postChangedDetails.parse(refused?.details).current;
};

describe("editPost", () => {
  it("raises the version and tells those who are newly mentioned", async () => {
    const { departmentAdmin, moderator } = test.actors;
    const mention = (id: string) => ({ type: "paragraph", content: [{ type: "mention", attrs: { id, label: "x" } }] });
    const { id } = await by("member").publishPost({
      boardId,
      title: "처음",
      body: { type: "doc", content: [mention(departmentAdmin.id)] },
    });
    const body = { type: "doc" as const, content: [mention(departmentAdmin.id), mention(test.actors.member.id), mention(moderator.id)] };
    expect(await by("member").editPost(edit(id, 1, { body }))).toEqual({ id, version: 2 });
    const events = await test.db.outbox.findMany({ where: { name: "board.post-edited" } });
    expect(events.map(({ payload }) => payload)).toEqual([{ postId: id, newlyMentionedIds: [test.actors.member.id] }]);
    const post = await by("member").getPost({ id });
    expect(post).toMatchObject({ title: "고침", version: 2 });
    expect(post.editedAt).not.toBeNull();
  });

  it("shows the second of two editors the text of the first, one after the other", async () => {
    const { id } = await newPost();
    await by("departmentAdmin").editPost(edit(id, 1, { title: "먼저" }));
    const current = await changedDetails(by("member").editPost(edit(id, 1, { title: "나중" })));
    expect(current).toMatchObject({ title: "먼저", version: 2, body: paragraphs("고친 글"), editor: { name: "이부장" } });
    expect(await by("member").editPost(edit(id, current.version, { title: "나중" }))).toEqual({ id, version: 3 });
  });

  it("lets exactly one of many who save at once through, and loses nobody's text", async () => {
    const { id } = await newPost();
    const titles = ["하나", "둘", "셋", "넷"];
    const calls = titles.map((title) => by("member").editPost(edit(id, 1, { title })));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const winner = (await by("member").getPost({ id })).title;
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.status === "fulfilled") expect(titles[index]).toBe(winner);
      else expect((await changedDetails(calls[index] ?? Promise.resolve())).title).toBe(winner);
    }
  });

  it.each<[TestActorName, string]>([
    ["member", "done"],
    ["departmentAdmin", "done"],
    ["moderator", "done"],
    ["other", "board.postNotFound"],
    ["guest", "common.forbidden"],
  ])("by %s: %s", async (name, expected) => {
    const { id } = await newPost();
    expect(await refusal(by(name).editPost(edit(id, 1)))).toBe(expected);
  });

  it("is refused to a colleague who may only read", async () => {
    const { id } = await createPost(test.db, { boardId, authorId: test.actors.departmentAdmin.id });
    expect(await refusal(by("member").editPost(edit(id, 1)))).toBe("board.notYours");
    expect(await refusal(by("member").editPost(edit(id, 0)))).toBe("common.invalidInput");
  });
});

describe("the files of a post", () => {
  const file = (name: TestActorName) => createFile(test.db, { ownerId: test.actors[name].id });
  const withPicture = (fileId: string) => ({ type: "doc" as const, content: [{ type: "image", attrs: { fileId } }] });

  it("are attached with the post, told apart from inline pictures, and taken off by an edit", async () => {
    const [picture, report, annex] = [await file("member"), await file("member"), await file("member")];
    const body = withPicture(picture.id);
    const { id } = await by("member").publishPost({ boardId, title: "사진", body, attachmentIds: [report.id, picture.id] });
    const post = await by("departmentAdmin").getPost({ id });
    expect(post.files.map((each) => [each.id, each.isInline])).toEqual([
      [picture.id, true],
      [report.id, false],
    ]);
    expect(post.attachmentCount).toBe(1);
    await by("member").editPost(edit(id, 1, { body, attachmentIds: [annex.id] }));
    expect((await by("member").getPost({ id })).files.map((each) => each.id)).toEqual([picture.id, annex.id]);
    expect(await test.db.file.findUnique({ where: { id: report.id } })).toMatchObject({ subjectId: null });
  });

  it("of somebody else are refused, and then there is no post", async () => {
    const theirs = await file("other");
    const before = await test.db.post.count();
    const body = withPicture(theirs.id);
    expect(await refusal(by("member").publishPost({ boardId, title: "도용", body }))).toBe("files.fileNotAttachable");
    expect(await refusal(by("member").publishPost({ boardId, title: "도용", body: paragraphs(""), attachmentIds: [theirs.id] }))).toBe(
      "files.fileNotAttachable",
    );
    expect(await test.db.post.count()).toBe(before);
    expect(await test.db.file.findUnique({ where: { id: theirs.id } })).toMatchObject({ subjectId: null });
  });

  it("of another post can't be carried over", async () => {
    const picture = await file("member");
    await by("member").publishPost({ boardId, title: "하나", body: withPicture(picture.id) });
    expect(await refusal(by("member").publishPost({ boardId, title: "둘", body: withPicture(picture.id) }))).toBe(
      "files.fileNotAttachable",
    );
  });

  it("are bounded, inline ones included", async () => {
    const picture = await file("member");
    const attachmentIds = Array.from({ length: MAX_ATTACHMENTS }, () => crypto.randomUUID());
    expect(await refusal(by("member").publishPost({ boardId, title: "많음", body: withPicture(picture.id), attachmentIds }))).toBe(
      "board.tooManyAttachments",
    );
  });
});

describe("drafts", () => {
  it("are kept for each place and person, the last one saved", async () => {
    const { id: postId } = await newPost();
    const picture = await createFile(test.db, { ownerId: test.actors.member.id });
    const draft = { boardId, title: "쓰는 중", body: paragraphs("아직"), attachmentIds: [picture.id] };
    await by("member").saveDraft(draft);
    const { savedAt } = await by("member").saveDraft({ ...draft, title: "더 씀" });
    await by("member").saveDraft({ ...draft, postId, baseVersion: 1, title: "고치는 중" });
    const found = await by("member").findDraft({ boardId });
    expect(found).toMatchObject({ title: "더 씀", savedAt, postId: null, files: [{ id: picture.id }], attachmentIds: [picture.id] });
    expect(await by("member").findDraft({ boardId, postId })).toMatchObject({ title: "고치는 중", baseVersion: 1, postId });
    expect(await by("departmentAdmin").findDraft({ boardId })).toBeNull();
    await by("member").discardDraft({ boardId });
    expect(await by("member").findDraft({ boardId })).toBeNull();
    expect(await by("member").findDraft({ boardId, postId })).not.toBeNull();
  });

  it("leave with what they became", async () => {
    const { id: postId } = await newPost();
    const draft = { boardId, title: "쓰는 중", body: paragraphs("아직") };
    await by("member").saveDraft(draft);
    await by("member").saveDraft({ ...draft, postId });
    await by("departmentAdmin").saveDraft(draft);
    await by("member").publishPost(draft);
    expect(await by("member").findDraft({ boardId })).toBeNull();
    expect(await by("departmentAdmin").findDraft({ boardId })).not.toBeNull();
    await by("member").editPost(edit(postId, 1));
    expect(await by("member").findDraft({ boardId, postId })).toBeNull();
  });

  it("are refused where their writer may not be", async () => {
    const elsewhere = (await createBoard(test.db)).id;
    const { id: postId } = await newPost();
    const draft = { boardId, title: "", body: paragraphs("") };
    expect(await refusal(by("other").saveDraft(draft))).toBe("board.boardNotFound");
    expect(await refusal(by("guest").saveDraft(draft))).toBe("common.forbidden");
    expect(await refusal(by("member").saveDraft({ ...draft, boardId: elsewhere, postId }))).toBe("board.postNotFound");
    expect(await refusal(by("member").saveDraft({ ...draft, title: "가".repeat(201) }))).toBe("common.invalidInput");
  });
});
