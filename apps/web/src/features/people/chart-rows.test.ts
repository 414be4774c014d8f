import type { ChartDepartmentView } from "@maru/api/directory/contract";
import { describe, expect, it } from "vitest";
import { memberPageOf, moveInTree, openAtFirst, toRows } from "./chart-rows";

const department = (id: string, parentId: string | null, directCount: number): ChartDepartmentView => ({
  id,
  parentId,
  kind: "TEAM",
  name: id,
  nameEn: id,
  code: id,
  directCount,
  totalCount: directCount,
  head: null,
});
const all = [
  department("company", null, 1),
  department("dev", "company", 0),
  department("dev1", "dev", 2),
  department("empty", "company", 0),
];
const told = (openIds: readonly string[]) =>
  toRows(all, new Set(openIds)).map(({ key, level, position, setSize }) => `${key} ${level} ${position}/${setSize}`);

describe("toRows", () => {
  it("shows what is open: people first, then what stands below", () => {
    expect(told([])).toEqual(["company 1 1/1"]);
    expect(told(["company"])).toEqual(["company 1 1/1", "company:0 2 1/3", "dev 2 2/3", "empty 2 3/3"]);
    expect(told(["company", "dev", "dev1"]).slice(2)).toEqual(["dev 2 2/3", "dev1 3 1/1", "dev1:0 4 1/2", "dev1:1 4 2/2", "empty 2 3/3"]);
  });

  it("opens nothing where nothing is, and nothing below what is closed", () => {
    expect(toRows(all, new Set(["company", "empty"])).at(-1)).toMatchObject({ key: "empty", isOpen: null });
    expect(told(["dev1"])).toEqual(["company 1 1/1"]);
  });
});

describe("moveInTree", () => {
  const rows = toRows(all, new Set(["company", "dev"]));
  // company, company:0, dev, dev1, empty
  it.each([
    ["ArrowDown", 0, { to: 1 }],
    ["ArrowDown", 4, { to: 4 }],
    ["ArrowUp", 0, { to: 0 }],
    ["ArrowUp", 3, { to: 2 }],
    ["Home", 3, { to: 0 }],
    ["End", 0, { to: 4 }],
    ["ArrowRight", 2, { to: 3 }],
    ["ArrowRight", 3, { toggle: "dev1" }],
    ["ArrowRight", 1, null],
    ["ArrowRight", 4, null],
    ["ArrowLeft", 2, { toggle: "dev" }],
    ["ArrowLeft", 3, { to: 2 }],
    ["ArrowLeft", 1, { to: 0 }],
    ["Enter", 1, null],
    ["ArrowDown", 9, null],
  ])("%s at line %i", (key, at, expected) => expect(moveInTree(rows, at, key)).toEqual(expected));
});

describe("what is read", () => {
  it("at first are the company and the way to one's own department", () => {
    const opened = (ownId: string | null) => openAtFirst(all, ownId).map(({ id }) => id);
    expect([opened("dev1"), opened(null)]).toEqual([["company", "dev", "dev1"], ["company"]]);
    expect(openAtFirst([], null)).toEqual([]);
  });

  it.each([
    [0, 1],
    [49, 1],
    [50, 2],
  ])("for line %i is page %i", (index, page) => expect(memberPageOf({ departmentId: "dev", index })).toMatchObject({ page, limit: 50 }));
});
