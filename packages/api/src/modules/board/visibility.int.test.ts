import type { Actor } from "@maru/db/context";
import { createBoard } from "@maru/db/testing/factories/board";
import { createDepartment } from "@maru/db/testing/factories/department";
import { createPost } from "@maru/db/testing/factories/post";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { subjects } from "./access";
import { type BoardFacts, can } from "./policy";
import { isOpenForPosting, isVisible, readerOf } from "./queries";

let test: TestMaru;
let departments: string[];
const boards: (BoardFacts & { id: string; postId: string })[] = [];

beforeAll(async () => {
  test = await createTestMaru();
  departments = [];
  for (let count = 0; count < 4; count += 1) departments.push((await createDepartment(test.db)).id);
  for (const departmentId of [null, ...departments]) {
    for (const postingBy of ["EVERYONE", "MODERATORS"] as const) {
      const board = await createBoard(test.db, { departmentId, postingBy });
      boards.push({ id: board.id, departmentId, postingBy, postId: (await createPost(test.db, { boardId: board.id })).id });
    }
  }
});
afterAll(() => test.stop());

const actors = (): fc.Arbitrary<Actor> =>
  fc.record({
    id: fc.constant(test.actors.member.id),
    accountId: fc.constant(null),
    sessionId: fc.constant(null),
    permissions: fc.subarray(["board.post", "board.moderate"]).map((keys) => new Set(["board.read", ...keys])),
    departmentIds: fc.subarray(departments),
    managedDepartmentIds: fc.subarray(departments),
  });

const sorted = (ids: Iterable<string>): string[] => [...ids].sort();

describe("what the policy decides and what the queries filter", () => {
  it("agree about every actor and board, at every door", async () => {
    await fc.assert(
      fc.asyncProperty(actors(), async (actor) => {
        const ctx = test.contextFor(actor);
        const expected = boards.filter((board) => can.readBoard(actor, board));
        const visible = await ctx.sql
          .selectFrom("board as b")
          .select("b.id")
          .where(isVisible("b", readerOf(actor)))
          .execute();
        expect(sorted(visible.map(({ id }) => id))).toEqual(sorted(expected.map(({ id }) => id)));
        const readable = await subjects["board.post"].canRead(
          ctx,
          boards.map(({ postId }) => postId),
        );
        expect(sorted(readable)).toEqual(sorted(expected.map(({ postId }) => postId)));
        const recent = await test.as(actor).board.listRecentPosts({ limit: 20 });
        expect(sorted(recent.map(({ id }) => id))).toEqual(sorted(expected.map(({ postId }) => postId)));
        const listed = await test.as(actor).board.listBoards({});
        expect(sorted(listed.map(({ id }) => id))).toEqual(sorted(expected.map(({ id }) => id)));
      }),
      { numRuns: 40 },
    );
  });

  it("agree about who may post", async () => {
    await fc.assert(
      fc.asyncProperty(actors(), async (actor) => {
        const ctx = test.contextFor(actor);
        const query = ctx.sql
          .selectFrom("board as b")
          .select("b.id")
          .where(isVisible("b", readerOf(actor)))
          .where(isOpenForPosting("b", actor));
        const open = actor.permissions.has("board.post") ? await query.execute() : [];
        const expected = boards.filter((board) => can.publish(actor, board));
        expect(sorted(open.map(({ id }) => id))).toEqual(sorted(expected.map(({ id }) => id)));
      }),
      { numRuns: 40 },
    );
  });
});
