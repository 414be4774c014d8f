import { operationInput } from "@maru/api/directory/contract";
import { expect, it } from "vitest";
import { newDepartmentId } from "./new-department-id";

it("a new department has an id that the contract takes, another one each time", () => {
  const ids = Array.from({ length: 200 }, newDepartmentId);
  expect(new Set(ids).size).toBe(200);
  for (const departmentId of ids) expect(operationInput.safeParse({ kind: "CLOSE", departmentId }).success).toBe(true);
});
