import { createBoard } from "@maru/db/testing/factories/board";
import { createComment } from "@maru/db/testing/factories/comment";
import { createPost } from "@maru/db/testing/factories/post";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";

let test: TestMaru;

beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

/** Every page from the first to the last; `between` runs after each, as others do while somebody reads. */
const readAll = async <Item>(
  read: (cursor: string | undefined) => Promise<Page<Item>>,
  between: () => Promise<unknown> = async () => {},
): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
    await between();
  } while (cursor !== undefined && items.length < 1_000);
  return items;
};

const board = () => test.as(test.actors.member).board;

describe("listPosts", () => {
  it.each([1, 7, 20, 30, 100])("shows each post once, pages of %i, while others publish and delete", async (limit) => {
    const boardId = (await createBoard(test.db)).id;
    const authorId = test.actors.other.id;
    // Many of one moment: only the id tells them apart.
    const moments = Array.from({ length: 47 }, (_, index) => new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 5))));
    for (const publishedAt of moments) await createPost(test.db, { boardId, authorId, publishedAt });
    const deleted = await createPost(test.db, { boardId, authorId, deletedAt: new Date() });
    const posts = await test.db.post.findMany({ where: { boardId, deletedAt: null } });
    const pinned = [posts[3], posts[30]].map((post) => post?.id ?? "");
    await test.db.post.updateMany({ where: { id: { in: pinned } }, data: { isPinned: true } });

    const shown = await readAll(
      (cursor) => board().listPosts({ boardId, limit, cursor }),
      () => createPost(test.db, { boardId, authorId, publishedAt: new Date(Date.UTC(2026, 6, 1)) }),
    );
    const known = new Set(posts.map(({ id }) => id));
    const ids = shown.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(deleted.id);
    expect(ids.filter((id) => known.has(id))).toHaveLength(posts.length);
    expect(new Set(ids.slice(0, 2))).toEqual(new Set(pinned));
    const order = shown.slice(2).map(({ publishedAt, id }) => `${publishedAt} ${id}`);
    expect(order).toEqual([...order].sort().reverse());
  });

  it("has no further page behind the last full one", async () => {
    const boardId = (await createBoard(test.db)).id;
    for (let count = 0; count < 20; count += 1) await createPost(test.db, { boardId });
    expect((await board().listPosts({ boardId })).nextCursor).toBeNull();
    await createPost(test.db, { boardId });
    const page = await board().listPosts({ boardId });
    expect(page.items).toHaveLength(20);
    expect((await board().listPosts({ boardId, cursor: page.nextCursor ?? "" })).items).toHaveLength(1);
  });

  it("is empty on an empty board, and refuses an unknown one and a cursor of somebody else's making", async () => {
    const boardId = (await createBoard(test.db)).id;
    const hidden = (await createBoard(test.db, { departmentId: test.departments.sales })).id;
    expect(await board().listPosts({ boardId })).toEqual({ items: [], nextCursor: null });
    expect(await refusal(board().listPosts({ boardId: hidden }))).toBe("board.boardNotFound");
    expect(await refusal(board().listPosts({ boardId, cursor: "bm90IG91cnM" }))).toBe("board.cursorInvalid");
    expect(await refusal(board().listPosts({ boardId: "free" }))).toBe("common.invalidInput");
  });
});

describe("listComments", () => {
  it.each([1, 7, 100])("shows each comment once and each thread together, pages of %i", async (limit) => {
    const post = await createPost(test.db);
    const parents: string[] = [];
    for (let count = 0; count < 6; count += 1) parents.push((await createComment(test.db, { postId: post.id })).id);
    const threads = new Map(parents.map((id) => [id, [id]]));
    for (let count = 0; count < 20; count += 1) {
      const parentId = parents[(count * 7) % parents.length] ?? "";
      threads.get(parentId)?.push((await createComment(test.db, { postId: post.id, parentId })).id);
    }
    const shown = await readAll((cursor) => board().listComments({ postId: post.id, limit, cursor }));
    expect(shown.map(({ id }) => id)).toEqual([...threads.values()].flat());
    expect(await refusal(board().listComments({ postId: post.id, cursor: "x" }))).toBe("board.cursorInvalid");
  });
});
