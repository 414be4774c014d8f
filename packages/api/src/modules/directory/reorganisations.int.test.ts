import { createBoard } from "@maru/db/testing/factories/board";
import { createDepartment } from "@maru/db/testing/factories/department";
import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestMaru, findRefusal, refusal, type TestActorName, type TestMaru } from "../../testing/testing";
import type { Operation } from "./contract";
import { carryOutDue } from "./service/carry-out-due";

let test: TestMaru;
let now = new Date();
const by = (name: TestActorName) => test.as(test.actors[name]).directory;
const admin = () => by("admin");
const runSchedule = () => carryOutDue(test.contextFor(test.actors.admin));

beforeAll(async () => {
  test = await createTestMaru({ clock: () => now });
});
afterAll(() => test.stop());
beforeEach(() => {
  now = new Date("2026-11-22T03:00:00Z");
});

/** Two teams of a division of their own, with two people and one, and a third person in both. */
const createTeams = async () => {
  const { db } = test;
  const division = await createDepartment(db, { parentId: test.departments.company, name: "본부" });
  const one = await createDepartment(db, { parentId: division.id, name: "하나팀" });
  const two = await createDepartment(db, { parentId: division.id, name: "두리팀" });
  const below = await createDepartment(db, { parentId: two.id, name: "두리파트" });
  const kim = await createPerson(db, { name: "김하나", departmentId: one.id });
  const lee = await createPerson(db, { name: "이두리", departmentId: two.id });
  const both = await createPerson(db, { name: "박겸직", departmentId: two.id });
  const gone = await createPerson(db, { name: "최퇴직", departmentId: two.id, state: "RESIGNED" });
  await db.affiliation.create({
    data: { id: newId(), personId: both.id, departmentId: one.id, isPrimary: false, startsOn: new Date("2024-01-01") },
  });
  return { division, one, two, below, kim, lee, both, gone };
};
const draft = (operations: readonly Operation[], name = "개편") => admin().saveReorganisation({ name, operations: [...operations] });
const apply = async (operations: readonly Operation[], effectiveOn: string | null = null) => {
  const { id, version } = await draft(operations);
  return admin().applyReorganisation({ id, version, effectiveOn });
};
const placesOf = async (personId: string) =>
  (await by("guest").getPerson({ id: personId })).places.map(({ departmentId, isPrimary }) => [departmentId, isPrimary]);
const departmentIds = async () => (await by("guest").listDepartments({})).map(({ id }) => id);

describe("previewReorganisation", () => {
  it("shows the tree as it would be, what differs, whom it moves and what follows, and changes nothing", async () => {
    const { division, one, two, below } = await createTeams();
    await createBoard(test.db, { departmentId: two.id, name: "두리 게시판" });
    const newTeam = { name: "새팀", nameEn: "New", code: "NEW-1", abbreviation: "새", departmentKind: "TEAM" } as const;
    const departmentId = newId();
    const operations: Operation[] = [
      { kind: "MERGE", departmentId: two.id, intoId: one.id },
      { kind: "CREATE", departmentId, parentId: division.id, ...newTeam },
    ];
    const preview = await admin().previewReorganisation({ operations });
    const shown = new Map(preview.departments.map((department) => [department.id, department]));
    expect([shown.has(two.id), shown.get(below.id)?.parentId, shown.get(one.id)?.peopleCount, shown.get(departmentId)?.name]).toEqual([
      false,
      one.id,
      3,
      "새팀",
    ]);
    expect(preview.movedPeople).toBe(2);
    expect(Object.fromEntries(preview.changes.map(({ id, turns }) => [id, turns]))).toEqual({
      [two.id]: ["CLOSED"],
      [below.id]: ["MOVED"],
      [departmentId]: ["CREATED"],
    });
    expect(preview.changes.find(({ id }) => id === below.id)).toMatchObject({ before: { parent: "두리팀" }, after: { parent: "하나팀" } });
    expect(preview.consequences).toEqual([
      { code: "board.boardsMove", count: 1, names: [{ name: "두리 게시판", nameEn: expect.any(String) }], isBlocking: false },
    ]);
    expect(await departmentIds()).toContain(two.id);
  });

  it("says which step can't be done, and why", async () => {
    const { division, one } = await createTeams();
    const operations: Operation[] = [{ kind: "MOVE", departmentId: division.id, parentId: one.id }];
    const { fault, changes } = await admin().previewReorganisation({ operations });
    expect([fault, changes]).toEqual([{ at: 0, code: "directory.departmentCycle" }, []]);
  });
});

describe("applyReorganisation", () => {
  it("merges two teams: everybody goes over with all below, and the old one stays for old documents", async () => {
    const { one, two, below, lee, both, gone } = await createTeams();
    const applied = await apply([{ kind: "MERGE", departmentId: two.id, intoId: one.id }]);
    expect(applied).toMatchObject({ state: "APPLIED", effectiveOn: "2026-11-22", outcome: { departments: 2, people: 2 } });
    expect(await placesOf(lee.id)).toEqual([[one.id, true]]);
    expect(await placesOf(both.id)).toEqual([[one.id, true]]);
    const stored = await test.db.department.findMany({ where: { id: { in: [two.id, below.id] } }, orderBy: { sortOrder: "asc" } });
    expect(stored.map(({ closedOn, parentId, path }) => [closedOn?.toISOString().slice(0, 10), parentId, path])).toEqual([
      ["2026-11-22", two.parentId, two.path],
      [undefined, one.id, `${one.path}/${below.id}`],
    ]);
    expect(await departmentIds()).not.toContain(two.id);
    expect((await by("guest").getPerson({ id: gone.id })).department).toBe("두리팀");
    const event = await test.db.outbox.findFirstOrThrow({ where: { name: "directory.department-closed" }, orderBy: { createdAt: "desc" } });
    expect(event.payload).toEqual({ departmentId: two.id, heirId: one.id });
  });

  it("swaps codes, moves people and closes what is empty, all in one", async () => {
    const { one, two, below, kim } = await createTeams();
    const words = (name: string, code: string) => ({ name, nameEn: name, code, abbreviation: "팀", departmentKind: "TEAM" as const });
    await apply([
      { kind: "RENAME", departmentId: one.id, ...words("하나팀", "SWAP") },
      { kind: "RENAME", departmentId: two.id, ...words("두리팀", one.code) },
      { kind: "RENAME", departmentId: one.id, ...words("하나팀", two.code) },
      { kind: "MOVE_PEOPLE", departmentId: one.id, toId: two.id, personIds: [kim.id] },
      { kind: "CLOSE", departmentId: below.id },
    ]);
    const codes = await test.db.department.findMany({ where: { id: { in: [one.id, two.id] } }, select: { id: true, code: true } });
    expect(Object.fromEntries(codes.map(({ id, code }) => [id, code]))).toEqual({ [one.id]: two.code, [two.id]: one.code });
    expect(await placesOf(kim.id)).toEqual([[two.id, true]]);
    const entry = await test.db.auditEntry.findFirstOrThrow({
      where: { action: "directory.reorganisation.apply" },
      orderBy: { id: "desc" },
    });
    expect(entry.details).toMatchObject({ departments: 3, people: 1, name: "개편" });
  });

  it("refuses a step that can't be done, says which, and does none of the others", async () => {
    const { one, two, kim } = await createTeams();
    const { id, version } = await draft([
      { kind: "MOVE_PEOPLE", departmentId: one.id, toId: two.id, personIds: [kim.id] },
      { kind: "CLOSE", departmentId: two.id },
    ]);
    const error = await findRefusal(admin().applyReorganisation({ id, version }));
    expect([error?.code, error?.details]).toEqual(["directory.departmentNotEmpty", { step: 2 }]);
    expect(await refusal(admin().applyReorganisation({ id, version, effectiveOn: "2027-01-01" }))).toBe("directory.departmentNotEmpty");
    expect(await placesOf(kim.id)).toEqual([[one.id, true]]);
  });

  it("waits for its day, is taken back until then, and is applied once", async () => {
    const { one, two, lee } = await createTeams();
    const waiting = await apply([{ kind: "MERGE", departmentId: two.id, intoId: one.id }], "2026-12-01");
    expect(waiting).toMatchObject({ state: "SCHEDULED", effectiveOn: "2026-12-01" });
    const back = await admin().cancelReorganisation({ id: waiting.id });
    expect(back).toMatchObject({ state: "DRAFT", effectiveOn: null });
    await admin().applyReorganisation({ id: back.id, version: back.version, effectiveOn: "2026-12-01" });
    await runSchedule();
    expect(await placesOf(lee.id)).toEqual([[two.id, true]]);
    now = new Date("2026-12-02T00:00:00Z");
    await Promise.all([runSchedule(), runSchedule()]);
    expect(await placesOf(lee.id)).toEqual([[one.id, true]]);
    const entries = await test.db.auditEntry.findMany({ where: { subjectId: waiting.id }, orderBy: { id: "asc" } });
    expect(entries.map(({ action }) => action.split(".")[2])).toEqual(["save", "schedule", "withdraw", "schedule", "apply"]);
  });

  it("is a draft again when it can't be applied on its day, and says why", async () => {
    const { one, two, below, kim } = await createTeams();
    const { id } = await apply([{ kind: "CLOSE", departmentId: below.id }], "2026-12-01");
    await apply([{ kind: "MOVE_PEOPLE", departmentId: one.id, toId: below.id, personIds: [kim.id] }]);
    now = new Date("2026-12-01T00:00:00Z");
    await runSchedule();
    expect(await admin().getReorganisation({ id })).toMatchObject({ state: "DRAFT", fault: "directory.departmentNotEmpty" });
    expect(await departmentIds()).toEqual(expect.arrayContaining([two.id, below.id]));
  });

  it("belongs to those who manage the directory, as they read it", async () => {
    const { one, two } = await createTeams();
    const operations: Operation[] = [{ kind: "MERGE", departmentId: two.id, intoId: one.id }];
    const { id, version } = await draft(operations);
    for (const name of ["member", "departmentAdmin", "guest"] as const) {
      expect(await refusal(by(name).applyReorganisation({ id, version }))).toBe("common.forbidden");
      expect(await refusal(by(name).saveReorganisation({ name: "남", operations }))).toBe("common.forbidden");
      expect(await refusal(by(name).previewReorganisation({ operations }))).toBe("common.forbidden");
    }
    const saved = await admin().saveReorganisation({ id, version, name: "고침", operations });
    expect(await refusal(admin().saveReorganisation({ id, version, name: "늦음", operations }))).toBe("directory.reorganisationStale");
    expect(await refusal(admin().applyReorganisation({ id, version }))).toBe("directory.reorganisationStale");
    expect((await admin().cancelReorganisation({ id })).state).toBe("CANCELLED");
    expect(await refusal(admin().applyReorganisation({ id, version: saved.version + 1 }))).toBe("directory.reorganisationClosed");
    expect(await refusal(admin().cancelReorganisation({ id }))).toBe("directory.reorganisationClosed");
    expect(await refusal(admin().getReorganisation({ id: newId() }))).toBe("directory.reorganisationNotFound");
    const empty = await draft([]);
    expect(await refusal(admin().applyReorganisation({ id: empty.id, version: empty.version }))).toBe("directory.reorganisationEmpty");
    const unknown = [{ kind: "DISSOLVE", departmentId: one.id }] as unknown as Operation[];
    expect(await refusal(admin().saveReorganisation({ name: "없는 일", operations: unknown }))).toBe("common.invalidInput");
  });
});

describe("listReorganisations", () => {
  it("gives the latest first, a page at a time", async () => {
    const made = [await draft([], "하나"), await draft([], "둘"), await draft([], "셋")].map(({ id }) => id).reverse();
    const first = await admin().listReorganisations({ limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(made.slice(0, 2));
    const second = await admin().listReorganisations({ limit: 2, cursor: first.nextCursor as string });
    expect(second.items[0]?.id).toBe(made[2]);
  });
});
