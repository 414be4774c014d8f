import { createBoard } from "@maru/db/testing/factories/board";
import { createPost } from "@maru/db/testing/factories/post";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { departure } from "./departure";
import { subscriptions } from "./subscriptions";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

const hear = async (payload: { readonly departmentId: string; readonly heirId: string | null }) => {
  const ctx = test.contextFor(test.actors.admin);
  for (const { concerns, react } of subscriptions)
    if (concerns(payload)) await react(ctx, { id: newId(), payload, actorId: null, occurredAt: new Date() }, new AbortController().signal);
};
const ownerOf = async (id: string) => (await test.db.board.findUniqueOrThrow({ where: { id } })).departmentId;

describe("a department that closes", () => {
  it("leaves its boards to the one that takes over, and their posts with them", async () => {
    const { team, sales } = test.departments;
    const board = await createBoard(test.db, { departmentId: team, name: "팀 게시판" });
    const { id } = await createPost(test.db, { boardId: board.id, authorId: test.actors.member.id });
    const told = await departure.consequencesOfClosing?.(test.contextFor(test.actors.admin), new Map([[team, sales]]));
    expect(told).toMatchObject([{ code: "board.boardsMove", count: 1, names: [{ name: "팀 게시판" }] }]);
    await hear({ departmentId: team, heirId: sales });
    await hear({ departmentId: team, heirId: sales });
    expect(await ownerOf(board.id)).toBe(sales);
    expect((await test.as(test.actors.other).board.getPost({ id })).id).toBe(id);
    const entries = await test.db.auditEntry.findMany({ where: { action: "board.board.hand-on", subjectId: board.id } });
    expect(entries.map(({ details }) => details)).toEqual([{ before: { departmentId: team }, after: { departmentId: sales } }]);
  });

  it("without one that takes over keeps them, and says so before", async () => {
    const { development } = test.departments;
    const board = await createBoard(test.db, { departmentId: development });
    const told = await departure.consequencesOfClosing?.(test.contextFor(test.actors.admin), new Map([[development, null]]));
    expect(told).toMatchObject([{ code: "board.boardsUnread", count: 1 }]);
    await hear({ departmentId: development, heirId: null });
    expect(await ownerOf(board.id)).toBe(development);
  });
});

describe("somebody who leaves", () => {
  it("leaves what she wrote, and is told so only when she leaves for good", async () => {
    const { moderator } = test.actors;
    const { id: boardId } = await createBoard(test.db);
    await createPost(test.db, { boardId, authorId: moderator.id });
    const draft = { id: newId(), personId: moderator.id, boardId, title: "초안", body: {}, savedAt: new Date() };
    await test.db.postDraft.create({ data: draft });
    const ctx = test.contextFor(test.actors.admin);
    expect(await departure.consequencesFor(ctx, moderator.id, "RESIGNATION")).toMatchObject([
      { code: "board.writingStays", count: 1 },
      { code: "board.draftsStay", count: 1 },
    ]);
    expect(await departure.consequencesFor(ctx, moderator.id, "LEAVE")).toEqual([]);
  });
});
