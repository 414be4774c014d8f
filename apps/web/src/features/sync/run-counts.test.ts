import { expect, test } from "vitest";
import { changesOf, plannedOf, unplannedOf } from "./run-counts";

const counts = { "PERSON.UPDATE": 2, "PERSON.CREATE": 5, "DEPARTMENT.CREATE": 1, CONFLICT: 3, "CAT.CREATE": 7, "ROLE.GRANT": 0 };

test("what is planned stands in one order, whatever order it was counted in", () =>
  expect(plannedOf(counts)).toEqual([
    { target: "DEPARTMENT", action: "CREATE", count: 1 },
    { target: "PERSON", action: "CREATE", count: 5 },
    { target: "PERSON", action: "UPDATE", count: 2 },
  ]));

test("what is not planned is told apart, and is no change", () => {
  expect(unplannedOf(counts)).toEqual([{ status: "CONFLICT", count: 3 }]);
  expect(changesOf(counts)).toBe(8);
  expect(changesOf({})).toBe(0);
});
