import { createBoard } from "@maru/db/testing/factories/board";
import { createDepartment } from "@maru/db/testing/factories/department";
import { createPerson } from "@maru/db/testing/factories/person";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestActorName, type TestMaru } from "../../testing/testing";
import { changeOwnPerson, saveDepartments } from "../directory/service";

let test: TestMaru;
const by = (name: TestActorName) => test.as(test.actors[name]).search;
const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);

beforeAll(async () => {
  test = await createTestMaru();
  const { db, departments } = test;
  await createPerson(db, { name: "탐색자", nameEn: "Tam Saekja", employeeNo: "Z77", departmentId: departments.sales });
  await createPerson(db, { name: "탐퇴직", state: "RESIGNED" });
  await createDepartment(db, { name: "탐사팀", nameEn: "Explorers", parentId: departments.sales });
  await createBoard(db, { name: "탐방기", nameEn: "Journeys", slug: "journeys" });
  await createBoard(db, { name: "탐내기", nameEn: "Closed", slug: "closed", departmentId: departments.sales });
});
afterAll(() => test.stop());

describe("employees", () => {
  it("is the search of the directory", async () => {
    const [found] = await by("guest").employees({ q: "ㅌㅅㅈ" });
    expect(found).toMatchObject({ name: "탐색자", employeeNo: "Z77", department: "영업본부", matches: [[0, 3]] });
    expect(await test.as(test.actors.guest).directory.searchPeople({ q: "ㅌㅅㅈ" })).toEqual([found]);
    expect(names(await by("guest").employees({ q: "탐" }))).toEqual(["탐색자"]);
    expect(names(await by("guest").employees({ q: "탐", includeResigned: true })).sort()).toEqual(["탐색자", "탐퇴직"]);
  });

  it("refuses nothing, too much and strangers", async () => {
    expect(await refusal(by("member").employees({ q: "　" }))).toBe("common.invalidInput");
    expect(await refusal(by("member").employees({ q: "가".repeat(51) }))).toBe("common.invalidInput");
    expect(await refusal(by("member").employees({ q: "a\u0000" }))).toBe("common.invalidInput");
    expect(await refusal(by("member").employees({ q: "탐", limit: 51 }))).toBe("common.invalidInput");
    expect(await refusal(test.as(null).search.employees({ q: "탐" }))).toBe("common.signInRequired");
    const nobody = { ...test.actors.guest, permissions: new Set<string>() };
    expect(await refusal(test.as(nobody).search.employees({ q: "탐" }))).toBe("common.forbidden");
  });
});

describe("departments", () => {
  it("finds those that are open, and refuses like the others", async () => {
    expect(await by("guest").departments({ q: "ㅌㅅㅌ" })).toMatchObject([{ name: "탐사팀", parent: "영업본부", matches: [[0, 3]] }]);
    expect(await refusal(by("member").departments({ q: "" }))).toBe("common.invalidInput");
    const nobody = { ...test.actors.guest, permissions: new Set<string>() };
    expect(await refusal(test.as(nobody).search.departments({ q: "탐" }))).toBe("common.forbidden");
  });
});

describe("autocomplete", () => {
  it("gives each kind, and only the boards that the reader may read", async () => {
    const seen = async (name: TestActorName) => {
      const { people, departments, boards } = await by(name).autocomplete({ q: "탐" });
      return [names(people), names(departments), names(boards).sort()];
    };
    expect(await seen("member")).toEqual([["탐색자"], ["탐사팀"], ["탐방기"]]);
    expect(await seen("other")).toEqual([["탐색자"], ["탐사팀"], ["탐내기", "탐방기"]]);
    expect(names((await by("member").autocomplete({ q: "ㅌㅂㄱ" })).boards)).toEqual(["탐방기"]);
    expect(names((await by("member").autocomplete({ q: "journ" })).boards)).toEqual(["탐방기"]);
    const withoutBoards = { ...test.actors.other, permissions: new Set(["directory.read"]) };
    expect((await test.as(withoutBoards).search.autocomplete({ q: "탐" })).boards).toEqual([]);
  });

  it("bounds each kind, and refuses like the others", async () => {
    const { people } = await by("member").autocomplete({ q: "김", limit: 1 });
    expect(people.length).toBeLessThanOrEqual(1);
    expect(await refusal(by("member").autocomplete({ q: "탐", limit: 11 }))).toBe("common.invalidInput");
    const nobody = { ...test.actors.guest, permissions: new Set<string>() };
    expect(await refusal(test.as(nobody).search.autocomplete({ q: "탐" }))).toBe("common.forbidden");
  });
});

describe("a change", () => {
  it("of a name, a number or a state is found by at once, and what was before is not", async () => {
    const { member } = test.actors;
    await test.contextFor(member).tx((tx) => changeOwnPerson(tx, { name: "새이름", nameEn: "Kai Rhee", mobile: "010-9191-8282" }));
    for (const q of ["새이름", "ㅅㅇㄹ", "todlfma", "kai", "8282"])
      expect((await by("guest").employees({ q }))[0]).toMatchObject({ id: member.id });
    expect((await by("guest").employees({ q: "홍길동" })).map(({ id }) => id)).not.toContain(member.id);
    await test.db.person.update({ where: { id: member.id }, data: { state: "RESIGNED" } });
    expect(await by("guest").employees({ q: "새이름" })).toEqual([]);
  });

  it("of a department's name finds it, and its people by it", async () => {
    const { admin } = test.actors;
    const { sales } = test.departments;
    await test.contextFor(admin).tx((tx) => saveDepartments(tx, [{ id: sales, name: "판매본부" }]));
    expect(names(await by("guest").departments({ q: "ㅍㅁㅂㅂ" }))).toEqual(["판매본부"]);
    expect(names(await by("guest").employees({ q: "판매본부 탐" }))).toEqual(["탐색자"]);
    expect(names(await by("guest").employees({ q: "영업본부 탐" }))).toEqual([]);
  });
});
