import { describe, expect, it } from "vitest";
import { FILE_FIELDS, type FileField } from "../contract";
import { checkRows, numbersOf } from "./check-rows";
import { departmentFinder, labelsOf } from "./departments";
import { guessFields, headersOf } from "./headers";

describe("what columns mean", () => {
  it.each<[string[], (FileField | null)[]]>([
    [
      ["사번", "성명", "소속 부서", "직급", "직위", "직책", "이메일", "휴대전화"],
      ["employeeNo", "name", "department", "rank", "position", "title", "email", "mobile"],
    ],
    [
      ["Employee No.", "NAME", "Dept", "E-mail", "Cell Phone", "Reports to"],
      ["employeeNo", "name", "department", "email", "mobile", "manager"],
    ],
    [
      ["이름", "이름", "비고", ""],
      ["name", null, null, null],
    ],
  ])("is guessed from %j", (headers, fields) => expect(guessFields(headers)).toEqual(fields));

  it("is guessed of what is exported", () => expect(guessFields(headersOf(FILE_FIELDS))).toEqual(FILE_FIELDS));
});

const TREE = [
  { id: "a", name: "본사", code: "A", path: "a" },
  { id: "b", name: "개발본부", code: "B", path: "a/b" },
  { id: "c", name: "1팀", code: "C", path: "a/b/c" },
  { id: "d", name: "영업본부", code: "D", path: "a/d" },
  { id: "e", name: "1팀", code: "E", path: "a/d/e" },
  { id: "f", name: "1팀", code: "F", path: "a/d/f" },
];

describe("a department", () => {
  it("is named by its path, or by its code where two have one path", () => {
    expect([...labelsOf(TREE).values()]).toEqual(["본사", "본사 > 개발본부", "본사 > 개발본부 > 1팀", "본사 > 영업본부", "E", "F"]);
  });
  it.each([
    ["개발본부", "b"],
    ["C", "c"],
    ["본사>개발본부 >1팀", "c"],
    ["1팀", "ambiguous"],
    ["2팀", undefined],
  ])("%s is %s", (text, id) => expect(departmentFinder(TREE)(text)).toBe(id));
});

const roster = {
  findDepartment: departmentFinder(TREE),
  named: { rank: new Set(["과장"]), position: new Set<string>(), title: new Set(["팀장"]) },
  standing: new Map([["1", { personId: "person 1", departmentId: "c" }]]),
};
const FIELDS: FileField[] = ["employeeNo", "name", "department", "rank", "title", "email", "manager"];
const check = (...rows: string[][]) =>
  checkRows(
    rows.map((cells, at) => ({ number: at + 2, cells })),
    FIELDS,
    roster,
  );

describe("a row", () => {
  it.each([
    ["employeeNo.missing", ["", "홍"]],
    ["name.missing", ["2", ""]],
    ["name.tooLong", ["2", "홍".repeat(61)]],
    ["name.notText", ["2", "홍\u0000길동"]],
    ["email.invalid", ["2", "홍", "", "", "", "메일"]],
    ["rank.unknown", ["2", "홍", "", "이사"]],
    ["department.unknown", ["2", "홍", "없는팀"]],
    ["department.ambiguous", ["2", "홍", "1팀"]],
    ["title.noDepartment", ["2", "홍", "", "", "팀장"]],
    ["manager.unknown", ["2", "홍", "", "", "", "", "9"]],
    ["manager.self", ["2", "홍", "", "", "", "", "2"]],
    ["rank.unknown department.unknown", ["2", "홍", "x", "y"]],
  ])("is refused as %s", (error, cells) => {
    expect(check(cells)).toMatchObject({ people: [], refused: [{ status: "CONFLICT", error, dn: "2" }] });
  });

  it("is a person: empty cells empty their fields, besides the department", () => {
    const { people, refused, rowOf } = check(["1", "홍", "", "", "팀장", "A@Maru.example", "3"], ["3", "김", "개발본부", "과장"]);
    expect(refused).toEqual([]);
    expect(people).toMatchObject([
      { externalId: "1", fields: { name: "홍", department: "c", rank: null, title: "팀장", email: "a@maru.example" }, managerDn: "3" },
      { externalId: "3", fields: { department: "b", rank: "과장", title: null, email: null }, managerDn: null },
    ]);
    expect([...rowOf]).toEqual([
      ["1", 2],
      ["3", 3],
    ]);
  });

  it("leaves a person alone of whom another row speaks already", () => {
    const { people, refused } = check(["2", "홍"], ["2", "김"]);
    expect(people).toHaveLength(1);
    expect(refused).toMatchObject([{ error: "employeeNo.twice", dn: "3" }]);
  });

  it("names whom it is about and who leads her", () => {
    expect(numbersOf([{ number: 2, cells: ["1", "", "", "", "", "", "3"] }], FIELDS)).toEqual(["1", "3"]);
  });
});
