import { createDepartment } from "@maru/db/testing/factories/department";
import { createPerson } from "@maru/db/testing/factories/person";
import { createRank } from "@maru/db/testing/factories/rank";
import { createTitle } from "@maru/db/testing/factories/title";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestActorName, type TestMaru } from "../../testing/testing";
import { subjects } from "./access";
import { listPersonViews, listPresentIds } from "./service";

let test: TestMaru;
let team: string;
let division: string;

const by = (name: TestActorName) => test.as(test.actors[name]).directory;
const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name);

beforeAll(async () => {
  test = await createTestMaru();
  const { db } = test;
  const executive = await createRank(db, { name: "전무", isExecutive: true, sortOrder: 1 });
  const manager = await createRank(db, { name: "과장", sortOrder: 7 });
  const staff = await createRank(db, { name: "사원", sortOrder: 9 });
  const lead = await createTitle(db, { name: "팀장", isHead: true, sortOrder: 5 });
  division = (await createDepartment(db, { name: "검색본부", parentId: test.departments.company })).id;
  team = (await createDepartment(db, { name: "검색팀", parentId: division, code: "SRCH" })).id;
  await createPerson(db, { name: "서하나", nameEn: "Seo Hana", rankId: staff.id, departmentId: team });
  await createPerson(db, { name: "서가온", nameEn: "Seo Gaon", rankId: staff.id, departmentId: team, state: "ON_LEAVE" });
  await createPerson(db, { name: "서두리", nameEn: "Seo Duri", rankId: manager.id, departmentId: team, employeeNo: "A_100%" });
  await createPerson(db, { name: "서팀장", rankId: staff.id, titleId: lead.id, departmentId: team });
  await createPerson(db, { name: "서전무", rankId: executive.id, departmentId: division });
  await createPerson(db, { name: "서퇴직", departmentId: team, state: "RESIGNED" });
});
afterAll(() => test.stop());

describe("searchPeople", () => {
  it("finds by the beginning of a name, in the order of standing, without those who left", async () => {
    const expected = ["서전무", "서팀장", "서두리", "서가온", "서하나"];
    expect(names(await by("guest").searchPeople({ q: "서" }))).toEqual(expected);
    expect(names(await by("guest").searchPeople({ q: " 서 ".normalize("NFD"), limit: 2 }))).toEqual(expected.slice(0, 2));
    expect(names(await by("guest").searchPeople({ q: "서퇴" }))).toEqual([]);
    expect(names(await by("guest").searchPeople({ q: "서퇴", includeResigned: true }))).toEqual(["서퇴직"]);
  });

  it.each([
    ["ㅅㄷㄹ", ["서두리"]],
    ["ㅅㄷ", ["서두리"]],
    ["seo ga", ["서가온"]],
    ["SEOHANA", ["서하나"]],
    ["a_100", ["서두리"]],
    // Wildcards are letters like any other.
    ["%", []],
    ["_100", ["서두리"]],
    ["_1_0", []],
    ["\\", []],
    ["가온", ["서가온"]],
  ])("finds by %s", async (q, expected) => expect(names(await by("member").searchPeople({ q }))).toEqual(expected));

  it("refuses nothing, too much and strangers", async () => {
    expect(await refusal(by("member").searchPeople({ q: "  " }))).toBe("common.invalidInput");
    expect(await refusal(by("member").searchPeople({ q: "가".repeat(51) }))).toBe("common.invalidInput");
    expect(await refusal(by("member").searchPeople({ q: "서", limit: 51 }))).toBe("common.invalidInput");
    expect(await refusal(test.as(null).directory.searchPeople({ q: "서" }))).toBe("common.signInRequired");
    const nobody = { ...test.actors.guest, permissions: new Set<string>() };
    expect(await refusal(test.as(nobody).directory.searchPeople({ q: "서" }))).toBe("common.forbidden");
  });
});

describe("listPeople", () => {
  it("lists a department with all below it, by pages", async () => {
    const first = await by("guest").listPeople({ departmentId: division, limit: 2 });
    expect(names(first.items)).toEqual(["서전무", "서팀장"]);
    expect(first.page).toEqual({ page: 1, limit: 2, total: 5, totalPages: 3 });
    const last = await by("guest").listPeople({ departmentId: division, limit: 2, page: 3 });
    expect(names(last.items)).toEqual(["서하나"]);
    const byName = await by("guest").listPeople({ departmentId: team, sort: "name", order: "desc" });
    expect(names(byName.items)).toEqual(["서하나", "서팀장", "서두리", "서가온"]);
    expect(await refusal(by("guest").listPeople({ departmentId: newId() }))).toBe("directory.departmentNotFound");
    expect(await refusal(by("guest").listPeople({ page: 0 }))).toBe("common.invalidInput");
  });
});

describe("getPerson", () => {
  it("shows every place of a person", async () => {
    const { db } = test;
    const { id } = await createPerson(db, { name: "겸직자", departmentId: team });
    await db.affiliation.create({ data: { id: newId(), personId: id, departmentId: division, isPrimary: false, startsOn: new Date() } });
    const ended = await createDepartment(db);
    const past = { startsOn: new Date("2020-01-01"), endsOn: new Date("2021-01-01") };
    await db.affiliation.create({ data: { id: newId(), personId: id, departmentId: ended.id, isPrimary: false, ...past } });
    const person = await by("guest").getPerson({ id });
    expect(person).toMatchObject({ name: "겸직자", department: "검색팀", departmentId: team, state: "ACTIVE", photoUrl: null });
    expect(person.places.map(({ department, isPrimary }) => [department, isPrimary])).toEqual([
      ["검색팀", true],
      ["검색본부", false],
    ]);
    expect(await refusal(by("guest").getPerson({ id: newId() }))).toBe("directory.personNotFound");
    expect(await refusal(by("guest").getPerson({ id: "me" }))).toBe("common.invalidInput");
  });
});

describe("listDepartments", () => {
  it("puts parents first and counts each person once, in every department above", async () => {
    const departments = await by("guest").listDepartments({});
    const seen = new Set<string | null>([null]);
    for (const { id, parentId } of departments) {
      expect(seen).toContain(parentId);
      seen.add(id);
    }
    const count = (id: string) => departments.find((department) => department.id === id)?.peopleCount;
    const people = await by("guest").listPeople({ departmentId: division });
    expect(count(division)).toBe(people.page.total);
    expect(count(test.departments.sales)).toBe(1);
  });
});

describe("what other modules ask", () => {
  it("listPersonViews gives each known person once", async () => {
    const { member } = test.actors;
    const views = await listPersonViews(test.contextFor(member), [member.id, member.id, newId()]);
    expect([...views.values()]).toMatchObject([{ id: member.id, name: "홍길동", department: "개발1팀" }]);
  });

  it("listPresentIds leaves out who left, who never was, and who is elsewhere", async () => {
    const { member, other } = test.actors;
    const gone = await createPerson(test.db, { state: "RESIGNED" });
    const ctx = test.contextFor(member);
    expect((await listPresentIds(ctx, [member.id, other.id, gone.id, newId()])).sort()).toEqual([member.id, other.id].sort());
    expect(await listPresentIds(ctx, [member.id, other.id], test.departments.development)).toEqual([member.id]);
  });

  it("a picture of a person is seen by whoever may read the directory", async () => {
    const { guest } = test.actors;
    expect(await subjects["directory.person"].canRead(test.contextFor(guest), [guest.id])).toEqual(new Set([guest.id]));
    const nobody = { ...guest, permissions: new Set<string>() };
    expect(await subjects["directory.person"].canRead(test.contextFor(nobody), [guest.id])).toEqual(new Set());
  });
});
