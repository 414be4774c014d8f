import { expect, test } from "vitest";
import { differencesOf } from "./contract/differences";

test("a difference names what comes and what goes, and no id beside its name", () => {
  const before = { name: "홍길동", department: "a", departmentName: "개발1팀", title: null };
  const after = { name: "홍길동", department: "b", departmentName: "개발2팀", title: "팀장" };
  expect(differencesOf({ before, after })).toEqual([
    { field: "departmentName", before: "개발1팀", after: "개발2팀" },
    { field: "title", before: null, after: "팀장" },
  ]);
  expect(differencesOf({ before: null, after: { role: "r" } })).toEqual([{ field: "role", before: null, after: "r" }]);
  expect(differencesOf({ before: null, after: null })).toEqual([]);
});
