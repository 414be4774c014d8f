import { createDepartment } from "@maru/db/testing/factories/department";
import { createPerson } from "@maru/db/testing/factories/person";
import { createRank } from "@maru/db/testing/factories/rank";
import { createTitle } from "@maru/db/testing/factories/title";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestActorName, type TestMaru } from "../../testing/testing";
import { MAX_FAVOURITES, MAX_RECENT } from "./contract";

let test: TestMaru;
let division: string;
let team: string;
let leadId: string;

const by = (name: TestActorName) => test.as(test.actors[name]).directory;
const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name);

beforeAll(async () => {
  test = await createTestMaru();
  const { db } = test;
  const staff = await createRank(db, { name: "사원", sortOrder: 9 });
  const senior = await createRank(db, { name: "과장", sortOrder: 7 });
  const lead = await createTitle(db, { name: "팀장", nameEn: "Team Lead", isHead: true, sortOrder: 5 });
  const chief = await createTitle(db, { name: "본부장", isHead: true, sortOrder: 2 });
  division = (await createDepartment(db, { name: "연구본부", parentId: test.departments.company, kind: "DIVISION" })).id;
  team = (await createDepartment(db, { name: "연구팀", parentId: division, kind: "TEAM", abbreviation: "연구" })).id;
  const head = await createPerson(db, { name: "본부장님", rankId: senior.id, departmentId: division, titleId: chief.id });
  leadId = head.id;
  // The chief leads the team too: there she is its lead.
  const second = { isPrimary: false, startsOn: new Date("2024-01-01"), titleId: lead.id };
  await db.affiliation.create({ data: { id: newId(), personId: head.id, departmentId: team, ...second } });
  await createPerson(db, { name: "나연구", rankId: staff.id, departmentId: team, managerId: head.id });
  await createPerson(db, { name: "가연구", rankId: senior.id, departmentId: team, managerId: head.id });
  await createPerson(db, { name: "퇴직자", departmentId: team, managerId: head.id, state: "RESIGNED" });
  await createPerson(db, { name: "삭제예정", departmentId: team, managerId: head.id, state: "SCHEDULED_FOR_DELETION" });
  await createDepartment(db, { name: "닫힌팀", parentId: division, closedOn: new Date("2020-01-01") });
});
afterAll(() => test.stop());

describe("listOrgChart", () => {
  it("gives every open department after its parent, with its head as she is called there and each person once", async () => {
    const chart = await by("guest").listOrgChart({});
    const seen = new Set<string | null>([null]);
    for (const { id, parentId } of chart) {
      expect(seen).toContain(parentId);
      seen.add(id);
    }
    const of = (id: string) => chart.find((department) => department.id === id);
    expect(of(division)).toMatchObject({ kind: "DIVISION", directCount: 1, totalCount: 3, head: { id: leadId, title: "본부장" } });
    expect(of(team)).toMatchObject({ directCount: 3, totalCount: 3, head: { id: leadId, title: "팀장", titleEn: "Team Lead" } });
    expect(names(chart)).not.toContain("닫힌팀");
    expect(names(await by("guest").listDepartments({}))).not.toContain("닫힌팀");
    expect(await refusal(test.as(null).directory.listOrgChart({}))).toBe("common.signInRequired");
    expect(await refusal(by("guest").listOrgChart({ all: true } as never))).toBe("common.invalidInput");
    const nobody = { ...test.actors.guest, permissions: new Set<string>() };
    expect(await refusal(test.as(nobody).directory.listOrgChart({}))).toBe("common.forbidden");
  });
});

describe("getDepartment", () => {
  it("stands between what is above and what is below", async () => {
    const found = await by("guest").getDepartment({ id: division });
    expect(found).toMatchObject({ name: "연구본부", totalCount: 3, closedOn: null, isFavourite: false });
    expect([names(found.above), names(found.below)]).toEqual([["마루"], ["연구팀"]]);
    expect(await by("guest").getDepartment({ id: team })).toMatchObject({ abbreviation: "연구", head: { id: leadId }, below: [] });
    expect(await refusal(by("guest").getDepartment({ id: newId() }))).toBe("directory.departmentNotFound");
    expect(await refusal(by("guest").getDepartment({ id: "x" }))).toBe("common.invalidInput");
  });

  it("shows one that was closed", async () => {
    const closed = await test.db.department.findFirstOrThrow({ where: { name: "닫힌팀" } });
    expect(await by("guest").getDepartment({ id: closed.id })).toMatchObject({ closedOn: "2020-01-01", totalCount: 0 });
  });
});

describe("listMembers", () => {
  it("lists those of the department itself, by what they are there", async () => {
    const { items, page } = await by("guest").listMembers({ departmentId: team, limit: 2 });
    expect(items.map(({ name, title, isPrimary }) => [name, title, isPrimary])).toEqual([
      ["본부장님", "팀장", false],
      ["가연구", null, true],
    ]);
    expect(page).toEqual({ page: 1, limit: 2, total: 3, totalPages: 2 });
    expect(names((await by("guest").listMembers({ departmentId: team, limit: 2, page: 2 })).items)).toEqual(["나연구"]);
    expect(names((await by("guest").listMembers({ departmentId: division })).items)).toEqual(["본부장님"]);
    expect(await refusal(by("guest").listMembers({ departmentId: newId() }))).toBe("directory.departmentNotFound");
    expect(await refusal(by("guest").listMembers({ departmentId: team, limit: 0 }))).toBe("common.invalidInput");
  });
});

describe("getPerson", () => {
  it("names manager, position and those who report to her and work here", async () => {
    const position = await test.db.position.create({ data: { id: newId(), name: "수석", nameEn: "Principal", sortOrder: 1 } });
    await test.db.person.update({ where: { id: leadId }, data: { positionId: position.id, joinedOn: new Date("2015-03-02") } });
    const lead = await by("guest").getPerson({ id: leadId });
    expect(lead).toMatchObject({ position: "수석", positionEn: "Principal", joinedOn: "2015-03-02", manager: null, reportCount: 2 });
    expect(names(lead.reports)).toEqual(["가연구", "나연구"]);
    const report = await by("guest").getPerson({ id: lead.reports[0]?.id ?? "" });
    expect(report).toMatchObject({ manager: { id: leadId }, reports: [], can: { enterAbsence: false } });
    expect((await by("guest").getPerson({ id: test.actors.guest.id })).can).toEqual({ enterAbsence: true });
  });
});

describe("favourites", () => {
  it("are one's own, the newest first, and the same wish twice is one", async () => {
    const set = (kind: "PERSON" | "DEPARTMENT", id: string, isFavourite = true) => by("member").setFavourite({ kind, id, isFavourite });
    await set("PERSON", test.actors.other.id);
    await set("PERSON", test.actors.other.id);
    await set("PERSON", leadId);
    await set("DEPARTMENT", team);
    const { people, departments } = await by("member").listFavourites({});
    expect([names(people), names(departments)]).toEqual([["본부장님", "김영희"], ["연구팀"]]);
    expect((await by("member").getPerson({ id: leadId })).isFavourite).toBe(true);
    expect((await by("member").getDepartment({ id: team })).isFavourite).toBe(true);
    expect((await by("other").getPerson({ id: leadId })).isFavourite).toBe(false);
    expect(await by("other").listFavourites({})).toEqual({ people: [], departments: [] });
    await set("PERSON", leadId, false);
    await set("PERSON", leadId, false);
    expect(names((await by("member").listFavourites({})).people)).toEqual(["김영희"]);
  });

  it("refuse who is not there, and more than a hundred", async () => {
    const set = (kind: "PERSON" | "DEPARTMENT", id: string) => by("guest").setFavourite({ kind, id, isFavourite: true });
    expect(await refusal(set("PERSON", newId()))).toBe("directory.personNotFound");
    expect(await refusal(set("DEPARTMENT", newId()))).toBe("directory.departmentNotFound");
    expect(await refusal(set("PERSON", "x"))).toBe("common.invalidInput");
    const people = await Promise.all(Array.from({ length: MAX_FAVOURITES }, () => createPerson(test.db)));
    const ownerId = test.actors.guest.id;
    await test.db.favourite.createMany({ data: people.map(({ id: personId }) => ({ id: newId(), ownerId, personId })) });
    expect(await refusal(set("DEPARTMENT", team))).toBe("directory.tooManyFavourites");
  });
});

describe("people whom one has looked at", () => {
  it("are remembered once each, the last first, and only so many", async () => {
    const people = [];
    for (let number = 0; number <= MAX_RECENT; number++) people.push(await createPerson(test.db, { name: `본사람${number}` }));
    for (const { id: personId } of people) await by("other").noteSeen({ personId });
    await by("other").noteSeen({ personId: people[5]?.id ?? "" });
    const seen = names(await by("other").listRecent({}));
    expect([seen.length, ...seen.slice(0, 2)]).toEqual([MAX_RECENT, "본사람5", `본사람${MAX_RECENT}`]);
    expect(seen).not.toContain("본사람0");
    expect(await by("other").noteSeen({ personId: test.actors.other.id })).toEqual({ isNoted: false });
    expect(await refusal(by("other").noteSeen({ personId: newId() }))).toBe("directory.personNotFound");
    expect(await refusal(by("other").noteSeen({ personId: "" }))).toBe("common.invalidInput");
    expect(names(await by("departmentAdmin").listRecent({}))).toEqual([]);
    await test.db.person.update({ where: { id: people[5]?.id ?? "" }, data: { state: "RESIGNED" } });
    expect(names(await by("other").listRecent({}))).not.toContain("본사람5");
  });
});
