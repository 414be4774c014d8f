import type { RoleView } from "@maru/api/identity/contract";
import { describe, expect, it } from "vitest";
import { draftOf, EMPTY_DRAFT, includable, inheritedOf, isChanged, toggled } from "./role-draft";

const role = (id: string, includedIds: string[] = [], effective: string[] = []): RoleView => ({
  ...{
    id,
    key: id,
    name: id,
    nameEn: id,
    isBuiltIn: false,
    isProtected: false,
    factorRule: "OPTIONAL",
    version: 1,
    permissions: [],
    includedIds,
    effective,
  },
  ...{ holderCount: 0, updatedAt: "", updatedBy: null, can: { change: true, delete: true, assign: true } },
});

describe("a draft of a role", () => {
  const roles = [
    role("system-admin"),
    role("reader", [], ["board.read"]),
    role("writer", ["reader"], ["board.read", "board.post"]),
    role("lead", ["writer"]),
  ];
  const ids = (roleId: string | null) => includable(roleId, roles).map(({ id }) => id);

  it("can include what does not hold it already", () => {
    expect(ids(null)).toEqual(["reader", "writer", "lead"]);
    expect(ids("lead")).toEqual(["reader", "writer"]);
    expect(ids("reader")).toEqual([]);
  });

  it("inherits what the included roles come to", () =>
    expect([...inheritedOf({ ...EMPTY_DRAFT, includedIds: ["writer"] }, roles)].sort()).toEqual(["board.post", "board.read"]));

  it("is changed by what counts, not by order or spaces", () => {
    const before = { ...draftOf(role("a", ["b", "c"])), permissions: ["x", "y"] };
    expect(isChanged({ ...before, name: " a ", permissions: ["y", "x"], includedIds: ["c", "b"] }, before)).toBe(false);
    for (const change of [{ name: "b" }, { nameEn: "b" }, { permissions: ["x"] }, { includedIds: ["b", "d"] }])
      expect(isChanged({ ...before, ...change }, before)).toBe(true);
  });

  it("takes and leaves", () => {
    expect(toggled(["a"], "b")).toEqual(["a", "b"]);
    expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  });
});
