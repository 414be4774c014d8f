import type { Actor } from "@maru/db/context";
import { describe, expect, it } from "vitest";
import { type BoardFacts, can } from "./policy";

const actor = (changes: Partial<Actor> = {}): Actor => ({
  id: "me",
  accountId: null,
  sessionId: null,
  permissions: new Set(["board.read", "board.post", "board.comment"]),
  departmentIds: ["team", "company"],
  managedDepartmentIds: [],
  ...changes,
});

const member = actor();
const guest = actor({ permissions: new Set(["board.read"]), departmentIds: [] });
const moderator = actor({ id: "mod", permissions: new Set(["board.read", "board.post", "board.moderate"]) });
const teamAdmin = actor({ id: "admin", managedDepartmentIds: ["team"] });

const open: BoardFacts = { departmentId: null, postingBy: "EVERYONE" };
const notices: BoardFacts = { departmentId: null, postingBy: "MODERATORS" };
const team: BoardFacts = { departmentId: "team", postingBy: "EVERYONE" };
const sales: BoardFacts = { departmentId: "sales", postingBy: "EVERYONE" };

describe("reading a board", () => {
  it.each([
    ["a member, open", member, open, true],
    ["a guest, open", guest, open, true],
    ["a member, of her team", member, team, true],
    ["a guest, of a team", guest, team, false],
    ["a member, of another team", member, sales, false],
    ["a moderator, of another team", moderator, sales, true],
    ["a department administrator, of the department", actor({ departmentIds: [], managedDepartmentIds: ["sales"] }), sales, true],
  ])("%s", (_name, who, board, expected) => expect(can.readBoard(who, board)).toBe(expected));
});

describe("publishing", () => {
  it.each([
    ["a member, open", member, open, true],
    ["a guest, open", guest, open, false],
    ["a member, notices", member, notices, false],
    ["a moderator, notices", moderator, notices, true],
    ["a department administrator, notices of all", teamAdmin, notices, false],
    ["a department administrator, notices of the department", teamAdmin, { ...team, postingBy: "MODERATORS" as const }, true],
    ["a member, another team", member, sales, false],
  ])("%s", (_name, who, board, expected) => expect(can.publish(who, board)).toBe(expected));
});

describe("a post", () => {
  const mine = { authorId: "me" };
  const others = { authorId: "you" };

  it("is edited and deleted by its author and by moderators", () => {
    for (const action of [can.editPost, can.deletePost]) {
      expect(action(member, open, mine)).toBe(true);
      expect(action(member, open, others)).toBe(false);
      expect(action(moderator, open, others)).toBe(true);
      expect(action(teamAdmin, team, others)).toBe(true);
      expect(action(teamAdmin, open, others)).toBe(false);
      expect(action(actor({ permissions: new Set(["board.read"]) }), open, mine)).toBe(false);
    }
  });

  it("is restored by its author only when the author deleted it", () => {
    expect(can.restorePost(member, open, { ...mine, deletedById: "me" })).toBe(true);
    expect(can.restorePost(member, open, { ...mine, deletedById: "mod" })).toBe(false);
    expect(can.restorePost(moderator, open, { ...others, deletedById: "you" })).toBe(true);
  });
});

describe("a comment", () => {
  it("is edited by its author alone, and deleted by the author or a moderator", () => {
    const mine = { authorId: "me", isDeleted: false };
    const others = { authorId: "you", isDeleted: false };
    expect(can.editComment(member, mine)).toBe(true);
    expect(can.editComment(moderator, others)).toBe(false);
    expect(can.editComment(guest, mine)).toBe(false);
    expect(can.deleteComment(member, open, mine)).toBe(true);
    expect(can.deleteComment(member, open, others)).toBe(false);
    expect(can.deleteComment(moderator, open, others)).toBe(true);
  });

  it("that is gone allows nothing more", () => {
    const gone = { authorId: "me", isDeleted: true };
    expect(can.editComment(member, gone)).toBe(false);
    expect(can.deleteComment(moderator, open, gone)).toBe(false);
  });
});
