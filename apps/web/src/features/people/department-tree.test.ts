import type { DepartmentView } from "@maru/api/directory/contract";
import { describe, expect, it } from "vitest";
import { pathTo, toTree } from "./department-tree";

const department = (id: string, parentId: string | null): DepartmentView => ({
  id,
  parentId,
  name: id,
  nameEn: id,
  code: id,
  peopleCount: 0,
});
const all = [department("company", null), department("sales", "company"), department("dev", "company"), department("dev1", "dev")];

describe("toTree", () => {
  it("nests children below their parents, in the order of the list", () => {
    const [root, ...rest] = toTree(all);
    expect(rest).toEqual([]);
    expect(root?.children.map((node) => node.department.id)).toEqual(["sales", "dev"]);
    expect(root?.children[1]?.children.map((node) => node.department.id)).toEqual(["dev1"]);
  });

  it("keeps a department whose parent is missing", () => {
    expect(toTree([department("lost", "nobody")]).map((node) => node.department.id)).toEqual(["lost"]);
  });

  it("of nothing is nothing", () => expect(toTree([])).toEqual([]));
});

describe("pathTo", () => {
  it("leads from the top to the department", () => expect(pathTo(all, "dev1").map(({ id }) => id)).toEqual(["company", "dev", "dev1"]));
  it("is empty for nobody", () => {
    expect(pathTo(all, null)).toEqual([]);
    expect(pathTo(all, "nobody")).toEqual([]);
  });
  it("ends where a damaged tree runs in a circle", () =>
    expect(pathTo([department("a", "b"), department("b", "a")], "a").map(({ id }) => id)).toEqual(["b", "a"]));
});
