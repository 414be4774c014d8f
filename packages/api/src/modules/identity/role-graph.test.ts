import { describe, expect, it } from "vitest";
import { effectiveOf, isCircular, type RoleNode, rightsOf, rolesIncluding, waysFrom, without, withRole } from "./role-graph";

const role = (id: string, permissions: readonly string[], includedIds: readonly string[] = []): RoleNode => ({
  ...{ id, key: id, name: id, nameEn: id, isBuiltIn: false },
  permissions,
  includedIds,
});
const graphOf = (...roles: readonly RoleNode[]) => new Map(roles.map((one) => [one.id, one]));
const diamond = graphOf(
  role("lead", ["board.moderate"], ["writer", "reviewer"]),
  role("writer", ["board.post"], ["reader"]),
  role("reviewer", ["board.comment"], ["reader"]),
  role("reader", ["board.read"]),
);

describe("a graph of roles", () => {
  it("gives what a role holds and includes, each once", () => {
    expect([...effectiveOf(diamond, "lead")].sort()).toEqual(["board.comment", "board.moderate", "board.post", "board.read"]);
    expect([...effectiveOf(diamond, "reader")]).toEqual(["board.read"]);
    expect([...effectiveOf(diamond, "nobody")]).toEqual([]);
  });

  it("tells the shortest way to each", () => {
    const shortcut = withRole(diamond, role("lead", [], ["writer", "reader"]));
    const way = (graph: typeof shortcut) =>
      waysFrom(graph, "lead")
        .get("reader")
        ?.map(({ id }) => id);
    expect(way(diamond)).toEqual(["lead", "writer", "reader"]);
    expect(way(shortcut)).toEqual(["lead", "reader"]);
  });

  it("knows whom a change concerns", () => {
    const ids = (id: string) => rolesIncluding(diamond, id).map((one) => one.id);
    expect(ids("reader").sort()).toEqual(["lead", "reader", "reviewer", "writer"]);
    expect(ids("lead")).toEqual(["lead"]);
  });

  it.each([
    ["itself", ["reader"], true],
    ["one that includes it", ["writer"], true],
    ["one above that", ["lead"], true],
    ["nothing", [], false],
  ])("is circular when a role includes %s", (_name, includedIds, expected) =>
    expect(isCircular(withRole(diamond, role("reader", [], includedIds)), "reader")).toBe(expected),
  );

  it("ends where rows were written into a circle", () => {
    const circle = withRole(diamond, role("reader", ["board.read"], ["lead"]));
    expect(effectiveOf(circle, "reader").size).toBe(4);
  });
});

describe("what roles come to", () => {
  it("counts everywhere, or in a department what can count there", () => {
    const { everywhere, inDepartments } = rightsOf(
      diamond,
      [
        { roleId: "writer", departmentId: null },
        { roleId: "lead", departmentId: "sales" },
      ],
      ["board.moderate"],
    );
    expect([...everywhere].sort()).toEqual(["board.post", "board.read"]);
    expect([...inDepartments]).toEqual(["board.moderate sales"]);
  });

  it("is compared in order", () => expect(without(new Set(["b", "a", "c"]), new Set(["b"]))).toEqual(["a", "c"]));
});
