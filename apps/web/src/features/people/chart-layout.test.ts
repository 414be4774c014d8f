import type { ChartDepartmentView } from "@maru/api/directory/contract";
import { describe, expect, it } from "vitest";
import { isInside, layOut, meets } from "./chart-layout";

const department = (id: string, parentId: string | null): ChartDepartmentView => ({
  id,
  parentId,
  kind: "TEAM",
  name: id,
  nameEn: id,
  code: id,
  directCount: 0,
  totalCount: 0,
  head: null,
});
const company = [
  department("company", null),
  ...["sales", "dev"].map((id) => department(id, "company")),
  ...["a", "b", "c"].map((id) => department(`dev-${id}`, "dev")),
  ...["a", "b"].map((id) => department(`sales-${id}`, "sales")),
];
const overlaps = (departments: readonly ChartDepartmentView[]) => {
  const placed = layOut(departments).departments;
  return placed.flatMap((one, index) => placed.slice(index + 1).filter((other) => meets(one, other))).length;
};

describe("layOut", () => {
  it("draws every department once, inside of the picture, and none over another", () => {
    const { departments, width, height } = layOut(company);
    expect(departments.map(({ department: { id } }) => id).sort()).toEqual(company.map(({ id }) => id).sort());
    expect(departments.filter((one) => !isInside(one, { x: 0, y: 0, width, height }))).toEqual([]);
    expect(overlaps(company)).toBe(0);
  });

  it("puts what has nothing below it in a column, and divisions beside each other", () => {
    const at = new Map(layOut(company).departments.map((one) => [one.department.id, one]));
    expect(at.get("sales")?.y).toBe(at.get("dev")?.y);
    expect(at.get("dev-a")?.x).toBe(at.get("dev-c")?.x);
    expect(at.get("dev-a")?.y).toBeLessThan(at.get("dev-b")?.y ?? 0);
    // The line of a column comes from the division, not from the department above in the column.
    expect(at.get("dev-c")?.line).toContain(` ${(at.get("dev")?.y ?? 0) + (at.get("dev")?.height ?? 0)}V`);
  });

  it("keeps a thousand departments of uneven depth apart", () => {
    const many = [department("0", null)];
    for (let number = 1; number < 1_000; number++) many.push(department(String(number), String(Math.floor((number * 7) / 31))));
    expect(overlaps(many)).toBe(0);
  });

  it("of several companies has them side by side, and of nothing nothing", () => {
    const two = layOut([department("one", null), department("two", null), department("below", "two")]);
    expect(two.departments.map(({ department: { id }, y, line }) => [id, y, line === ""])).toEqual([
      ["one", 0, true],
      ["two", 0, true],
      ["below", 108, false],
    ]);
    expect(layOut([])).toEqual({ width: 0, height: 0, departments: [] });
  });
});
