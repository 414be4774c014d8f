import type { Operation } from "@maru/api/directory/contract";
import { describe, expect, it } from "vitest";
import { namesOf, otherOf, targetsFor, treeRows } from "./planned-tree";

const tree = [
  { id: "company", parentId: null },
  { id: "development", parentId: "company" },
  { id: "team", parentId: "development" },
  { id: "sales", parentId: "company" },
];
const words = { name: "새팀", nameEn: "New", code: "N", abbreviation: "새", departmentKind: "TEAM" } as const;
const create: Operation = { kind: "CREATE", departmentId: "new", parentId: "sales", ...words };

describe("the tree of a reorganisation", () => {
  it("knows how deep each department stands", () => expect(treeRows(tree).map(({ depth }) => depth)).toEqual([0, 1, 2, 1]));

  it("offers every department but those below the one that moves", () => {
    expect(targetsFor(tree, "development").map(({ id }) => id)).toEqual(["company", "sales"]);
    expect(targetsFor(tree, "team").map(({ id }) => id)).toEqual(["company", "development", "sales"]);
  });

  it("knows what is called how, and what a step creates too", () => {
    const names = namesOf([{ id: "sales", name: "영업", nameEn: "Sales" }], [create]);
    expect([names.get("sales")?.name, names.get("new")?.nameEn, names.get("gone")]).toEqual(["영업", "New", undefined]);
  });

  it.each<[Operation, string | null]>([
    [create, "sales"],
    [{ kind: "RENAME", departmentId: "team", ...words }, null],
    [{ kind: "MOVE", departmentId: "team", parentId: "sales" }, "sales"],
    [{ kind: "MERGE", departmentId: "team", intoId: "sales" }, "sales"],
    [{ kind: "CLOSE", departmentId: "team" }, null],
    [{ kind: "MOVE_PEOPLE", departmentId: "team", toId: "sales", personIds: ["p"] }, "sales"],
  ])("knows the other department of %j", (operation, other) => expect(otherOf(operation)).toBe(other));
});
