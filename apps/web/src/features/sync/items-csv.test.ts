import { expect, test } from "vitest";
import { differencesOf, toCsv } from "./items-csv";

test("a spreadsheet reads what was written, and calculates nothing", () => {
  expect(toCsv([["이름", "값"]])).toBe("\uFEFF이름,값\r\n");
  expect(toCsv([['a"b', "c,d", "e\nf"]])).toBe('\uFEFF"a""b","c,d","e\nf"\r\n');
  for (const value of ["=1+1", "+1", "-1", "@a", "\t=1"])
    expect(
      toCsv([[value]])
        .slice(1)
        .startsWith(`'${value}`),
    ).toBe(true);
});

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
