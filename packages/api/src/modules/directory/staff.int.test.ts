import { createDepartment } from "@maru/db/testing/factories/department";
import { createPerson } from "@maru/db/testing/factories/person";
import { createRank } from "@maru/db/testing/factories/rank";
import { createTitle } from "@maru/db/testing/factories/title";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestActorName, type TestMaru } from "../../testing/testing";
import type { SavePersonInput } from "./contract";

let test: TestMaru;
const by = (name: TestActorName) => test.as(test.actors[name]).directory;
const admin = () => by("admin");

beforeAll(async () => {
  test = await createTestMaru();
});
afterAll(() => test.stop());

/** What the form of a person holds, as it was read. */
const formOf = async (id: string) => {
  const { version, name, nameEn, employeeNo, email, phone, mobile, rankId, positionId, manager, joinedOn, places } =
    await admin().getPersonForAdmin({ id });
  const fields = { name, nameEn, employeeNo, email, phone, mobile, rankId, positionId, joinedOn, places };
  return { id, version, ...fields, managerId: manager?.id ?? null };
};

describe("savePerson", () => {
  it("takes somebody in with everything that the organisation says of her", async () => {
    const { team, sales } = test.departments;
    const rank = await createRank(test.db, { name: "수석", sortOrder: 3 });
    const title = await createTitle(test.db, { name: "파트장", sortOrder: 4 });
    const { id: positionId } = await admin().saveStanding({ kind: "POSITION", name: "담당", nameEn: "Associate" });
    const fields = { name: "채움이", nameEn: "Chae Umi", employeeNo: "R-1", email: "umi@example.com", phone: "02-1", mobile: "010-1" };
    const places = [
      { departmentId: team, titleId: title.id, isPrimary: true },
      { departmentId: sales, titleId: null, isPrimary: false },
    ];
    const standing = { rankId: rank.id, positionId, managerId: test.actors.departmentAdmin.id, joinedOn: "2026-11-02" };
    const { id } = await admin().savePerson({ ...fields, ...standing, places });
    expect(await admin().getPersonForAdmin({ id })).toMatchObject({
      ...fields,
      rankId: rank.id,
      positionId,
      joinedOn: "2026-11-02",
      places,
    });
    expect(await by("guest").getPerson({ id })).toMatchObject({ name: "채움이", rank: "수석", title: "파트장", department: "개발1팀" });
    expect((await by("guest").searchPeople({ q: "ㅊㅇㅇ" })).map((one) => one.id)).toContain(id);
  });

  it("changes what differs, ends places that are not named, and knows when somebody else was faster", async () => {
    const { team, sales } = test.departments;
    const { id } = await createPerson(test.db, { name: "고칠이", departmentId: team });
    const form = await formOf(id);
    const places = [{ departmentId: sales, titleId: null, isPrimary: true }];
    await admin().savePerson({ ...form, name: "고친이", places });
    expect(await by("guest").getPerson({ id })).toMatchObject({
      name: "고친이",
      department: "영업본부",
      places: [{ departmentId: sales }],
    });
    expect(await refusal(admin().savePerson({ ...form, name: "늦은이" }))).toBe("directory.personStale");
    const ended = await test.db.affiliation.findUniqueOrThrow({ where: { personId_departmentId: { personId: id, departmentId: team } } });
    expect(ended.endsOn).not.toBeNull();
    const actions = await test.db.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: "asc" } });
    expect(actions.map(({ action }) => action)).toEqual(["directory.person.change", "directory.person.move"]);
  });

  it.each<[string, (own: SavePersonInput) => Promise<object>, string]>([
    [
      "another's address",
      async () => ({ email: (await createPerson(test.db, { email: "taken@example.com" })).email }),
      "directory.emailTaken",
    ],
    ["another's number", async () => ({ employeeNo: (await createPerson(test.db)).employeeNo }), "directory.employeeNoTaken"],
    ["a rank that is not there", async () => ({ rankId: newId() }), "directory.standingNotFound"],
    [
      "a manager who left",
      async () => ({ managerId: (await createPerson(test.db, { state: "RESIGNED" })).id }),
      "directory.managerNotFound",
    ],
    [
      "herself as her manager's manager",
      async ({ id }) => ({ managerId: (await createPerson(test.db, { managerId: id })).id }),
      "directory.managerCycle",
    ],
    [
      "a closed department",
      async () => {
        const { id } = await createDepartment(test.db, { closedOn: new Date("2020-01-01") });
        return { places: [{ departmentId: id, titleId: null, isPrimary: true }] };
      },
      "directory.departmentNotFound",
    ],
    ["no name", async () => ({ name: " " }), "common.invalidInput"],
    ["a field that nobody knows", async () => ({ state: "RESIGNED" }), "common.invalidInput"],
    [
      "two first places",
      async () => ({ places: Object.values(test.departments).map((departmentId) => ({ departmentId, isPrimary: true })) }),
      "common.invalidInput",
    ],
    ["no first place", async () => ({ places: [{ departmentId: test.departments.team, isPrimary: false }] }), "common.invalidInput"],
  ])("refuses %s", async (_name, changes, code) => {
    const { id } = await createPerson(test.db);
    const form = await formOf(id);
    expect(await refusal(admin().savePerson({ ...form, ...(await changes(form)) }))).toBe(code);
  });

  it("gives nobody's address to somebody who could become her by it", async () => {
    const { id } = await createPerson(test.db, { email: "mine@example.com" });
    const form = await formOf(id);
    const keeper = { ...test.actors.admin, permissions: new Set(["directory.manage", "directory.read"]) };
    const as = test.as(keeper).directory;
    expect(await refusal(as.savePerson({ ...form, email: "yours@example.com" }))).toBe("directory.mailProtected");
    expect((await as.getPersonForAdmin({ id })).can.changeMail).toBe(false);
    expect(await refusal(as.savePerson({ ...form, phone: "02-2" }))).toBe("done");
    expect(await refusal(as.savePerson({ name: "새이", email: "new@example.com" }))).toBe("done");
  });
});

describe("listPeopleForAdmin", () => {
  it("finds by name, state and department, a page at a time", async () => {
    const { id: departmentId } = await createDepartment(test.db, { parentId: test.departments.company });
    for (const name of ["갈이", "날이", "달이"]) await createPerson(test.db, { name, departmentId });
    await createPerson(test.db, { name: "랄이", departmentId, state: "RESIGNED" });
    const list = async (input: object) => (await admin().listPeopleForAdmin({ departmentId, ...input })).items.map(({ name }) => name);
    expect(await list({})).toEqual(["갈이", "날이", "달이", "랄이"]);
    expect(await list({ state: "RESIGNED" })).toEqual(["랄이"]);
    expect(await list({ q: "ㄴㅇ" })).toEqual(["날이"]);
    const first = await admin().listPeopleForAdmin({ departmentId, limit: 3 });
    expect(await list({ cursor: first.nextCursor })).toEqual(["랄이"]);
    expect(await refusal(admin().listPeopleForAdmin({ limit: 0 }))).toBe("common.invalidInput");
    expect(await refusal(admin().getPersonForAdmin({ id: newId() }))).toBe("directory.personNotFound");
  });
});

describe("ranks, positions and titles", () => {
  it.each(["RANK", "POSITION", "TITLE"] as const)("%s: one is made, renamed, ordered and taken out again", async (kind) => {
    const key = { RANK: "ranks", POSITION: "positions", TITLE: "titles" } as const;
    const list = async () => (await admin().listStandings({}))[key[kind]];
    const { id } = await admin().saveStanding({ kind, name: `하나 ${kind}`, nameEn: "One", isMarked: true });
    const other = await admin().saveStanding({ kind, name: `둘 ${kind}`, nameEn: "Two" });
    await admin().saveStanding({ kind, id: other.id, name: `둘째 ${kind}`, nameEn: "Second" });
    expect((await list()).slice(-2)).toEqual([
      { id, name: `하나 ${kind}`, nameEn: "One", isMarked: kind !== "POSITION", usedBy: 0 },
      { id: other.id, name: `둘째 ${kind}`, nameEn: "Second", isMarked: false, usedBy: 0 },
    ]);
    const ids = (await list()).map((one) => one.id).reverse();
    await admin().orderStandings({ kind, ids });
    expect((await list()).map((one) => one.id)).toEqual(ids);
    expect(await refusal(admin().orderStandings({ kind, ids: ids.slice(1) }))).toBe("directory.standingsStale");
    expect(await refusal(admin().saveStanding({ kind, name: `둘째 ${kind}`, nameEn: "Again" }))).toBe("directory.standingNameTaken");
    expect(await refusal(admin().saveStanding({ kind, id: newId(), name: "없는", nameEn: "None" }))).toBe("directory.standingNotFound");
    await admin().removeStanding({ kind, id });
    expect((await list()).map((one) => one.id)).not.toContain(id);
    expect(await refusal(admin().removeStanding({ kind, id }))).toBe("directory.standingNotFound");
  });

  it("one that somebody has stays, and whoever has it is shown with its new name at once", async () => {
    const rank = await createRank(test.db, { name: "선임", sortOrder: 8 });
    const { id } = await createPerson(test.db, { rankId: rank.id });
    expect(await refusal(admin().removeStanding({ kind: "RANK", id: rank.id }))).toBe("directory.standingInUse");
    await admin().saveStanding({ kind: "RANK", id: rank.id, name: "선임 연구원", nameEn: "Senior" });
    expect((await by("guest").getPerson({ id })).rank).toBe("선임 연구원");
  });
});

describe("the desk of the directory", () => {
  it("is closed to everybody who may not manage it", async () => {
    for (const name of ["member", "departmentAdmin", "guest"] as const) {
      expect(await refusal(by(name).savePerson({ name: "남" }))).toBe("common.forbidden");
      expect(await refusal(by(name).listPeopleForAdmin({}))).toBe("common.forbidden");
      expect(await refusal(by(name).listStandings({}))).toBe("common.forbidden");
    }
    expect(await refusal(test.as(null).directory.savePerson({ name: "남" }))).toBe("common.signInRequired");
  });
});
