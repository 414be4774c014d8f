import type { FoundDepartmentView, FoundPersonView } from "@maru/api/directory/contract";
import { describe, expect, it } from "vitest";
import { marksOf } from "./marks";
import { toChoices } from "./picks";

const hong: FoundPersonView = {
  id: "p1",
  name: "홍길동",
  nameEn: "Hong Gildong",
  rank: "과장",
  rankEn: "Manager",
  title: null,
  titleEn: null,
  departmentId: "d1",
  department: "개발1팀",
  departmentEn: "Dev Team 1",
  photoUrl: null,
  state: "ACTIVE",
  employeeNo: "M1",
  matches: [[0, 1]],
  matchesEn: [[5, 8]],
};
const team: FoundDepartmentView = {
  id: "d1",
  name: "개발1팀",
  nameEn: "Dev Team 1",
  code: "DEV-1",
  parent: "개발본부",
  parentEn: "Development",
  matches: [[0, 2]],
  matchesEn: [[0, 3]],
};

describe("marksOf", () => {
  it("marks the name that is shown, in whichever language", () => {
    expect(marksOf("홍길동 과장", hong)).toEqual([[0, 1]]);
    expect(marksOf("Hong Gildong (Manager)", hong)).toEqual([[5, 8]]);
    expect(marksOf("개발1팀 홍길동 과장", hong)).toEqual([]);
    expect(marksOf("Hong", { ...hong, nameEn: null })).toEqual([]);
  });
});

describe("toChoices", () => {
  const found = { people: [hong], departments: [team] };

  it("shows each in the reader's language, and says more in the field than in the list", () => {
    expect(toChoices(found, "ko", [])).toMatchObject({
      people: [
        { kind: "person", id: "p1", label: "개발1팀 홍길동 과장", text: "홍길동 과장", caption: "개발1팀", number: "M1", marks: [[0, 1]] },
      ],
      departments: [{ kind: "department", id: "d1", label: "개발1팀", caption: "개발본부", number: "DEV-1", marks: [[0, 2]] }],
    });
    expect(toChoices(found, "en", [])).toMatchObject({
      people: [{ text: "Hong Gildong (Manager)", caption: "Dev Team 1" }],
      departments: [{ text: "Dev Team 1", caption: "Development", marks: [[0, 3]] }],
    });
  });

  it("leaves out who can't be chosen, and is empty before an answer", () => {
    expect(toChoices(found, "ko", ["p1", "d1"])).toEqual({ people: [], departments: [] });
    expect(toChoices(undefined, "ko", [])).toEqual({ people: [], departments: [] });
  });
});
