import { createDepartment } from "@maru/db/testing/factories/department";
import { createPerson } from "@maru/db/testing/factories/person";
import { createTitle } from "@maru/db/testing/factories/title";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inSets, somebody, tracesOf, writerOf } from "../../testing/roster";
import { createTestMaru, findRefusal, type TestMaru } from "../../testing/testing";
import {
  deactivatePeople,
  type RosterDeactivation,
  type RosterDepartment,
  type RosterManager,
  type RosterPlaces,
  reactivatePeople,
  saveDepartments,
  saveManagers,
  savePeople,
  savePlaces,
} from "./service";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru({ poolSize: 8 });
});
afterAll(() => test.stop());

const traces = (ids: readonly string[]) => tracesOf(test, ids);
const depart = (rows: readonly RosterDepartment[]) => writerOf(test)((tx) => saveDepartments(tx, rows));
const place = (rows: readonly RosterPlaces[]) => writerOf(test)((tx) => savePlaces(tx, rows));
const manage = (rows: readonly RosterManager[]) => writerOf(test)((tx) => saveManagers(tx, rows));
const deactivate = (rows: readonly RosterDeactivation[]) => writerOf(test)((tx) => deactivatePeople(tx, rows));

describe("saveDepartments", () => {
  let number = 0;
  const tree = () => {
    number += 1;
    const [top, middle, leaf] = [newId(), newId(), newId()];
    const rows: RosterDepartment[] = [
      { id: leaf, parentId: middle, name: "잎팀", code: `L${number}` },
      { id: middle, parentId: top, name: "중간부", code: `M${number}`, nameEn: "Middle", kind: "DIVISION" },
      { id: top, parentId: null, name: "위본부", code: `T${number}` },
    ];
    return { top, middle, leaf, rows };
  };
  const pathOf = async (id: string) => (await test.db.department.findUniqueOrThrow({ where: { id } })).path;

  it("makes a tree whose rows come in any order, and writes nothing the second time", async () => {
    const { top, middle, leaf, rows } = tree();
    expect((await depart(rows)).created.toSorted()).toEqual([top, middle, leaf].toSorted());
    expect(await pathOf(leaf)).toBe(`${top}/${middle}/${leaf}`);
    expect(await test.db.department.findUnique({ where: { id: leaf } })).toMatchObject({
      nameEn: "잎팀",
      abbreviation: "잎팀",
      kind: "DEPARTMENT",
    });
    expect((await test.db.department.findUniqueOrThrow({ where: { id: leaf } })).searchText).toContain("ㅇㅌ");
    expect(await depart(rows)).toEqual({ created: [], changed: [], movedAlong: [] });
    expect(await traces([leaf])).toEqual({ actions: ["directory.department.create"], events: ["directory.department-changed"] });
  });

  it("renames by another name and moves by another parent, with everything below", async () => {
    const { top, middle, leaf, rows } = tree();
    await depart(rows);
    const other = (await createDepartment(test.db)).id;
    const saved = await depart([{ id: middle, parentId: other, name: "새 중간부" }]);
    expect(saved).toEqual({
      created: [],
      changed: [{ id: middle, before: { parentId: top, name: "중간부" }, after: { parentId: other, name: "새 중간부" } }],
      movedAlong: [leaf],
    });
    expect([await pathOf(middle), await pathOf(leaf)]).toEqual([`${other}/${middle}`, `${other}/${middle}/${leaf}`]);
    expect(await test.db.department.findUnique({ where: { id: middle } })).toMatchObject({
      name: "새 중간부",
      nameEn: "Middle",
      kind: "DIVISION",
    });
    await depart([{ id: middle, closedOn: "2026-12-01" }]);
    expect((await test.db.department.findUnique({ where: { id: middle } }))?.closedOn).toEqual(new Date("2026-12-01"));
  });

  it("refuses a tree that bites its tail, a parent that is nowhere and a code that another one has; two may swap theirs", async () => {
    const { top, middle, leaf, rows } = tree();
    await depart(rows);
    const refusalOf = async (row: RosterDepartment) => {
      const refused = await findRefusal(depart([row]));
      return [refused?.code, refused?.details];
    };
    expect(await refusalOf({ id: top, parentId: leaf })).toEqual(["directory.departmentCycle", { ids: [top] }]);
    expect(await refusalOf({ id: top, parentId: top })).toEqual(["directory.departmentCycle", { ids: [top] }]);
    expect(await refusalOf({ id: leaf, parentId: newId() })).toEqual(["directory.departmentNotFound", { ids: [leaf] }]);
    expect(await refusalOf({ id: leaf, code: `T${number}` })).toEqual(["directory.departmentCodeTaken", { ids: [leaf] }]);
    const [nameless] = [newId()];
    expect(await refusalOf({ id: nameless, parentId: top })).toEqual(["directory.departmentNotFound", { ids: [nameless] }]);
    await depart([
      { id: leaf, code: `M${number}` },
      { id: middle, code: `L${number}` },
    ]);
    expect((await test.db.department.findUnique({ where: { id: leaf } }))?.code).toBe(`M${number}`);
    expect(await pathOf(top)).toBe(top);
  });

  it("keeps the tree a tree when two are moved below each other at once", async () => {
    const [a, b] = [(await createDepartment(test.db)).id, (await createDepartment(test.db)).id];
    const ends = await Promise.all([findRefusal(depart([{ id: a, parentId: b }])), findRefusal(depart([{ id: b, parentId: a }]))]);
    expect(ends.map((end) => end?.code ?? "done").sort()).toEqual(["directory.departmentCycle", "done"]);
  });
});

describe("savePlaces", () => {
  const placesOf = async (personId: string) =>
    (await test.db.affiliation.findMany({ where: { personId }, orderBy: { startsOn: "asc" } })).map((row) => [
      row.departmentId,
      row.isPrimary,
      row.startsOn.toISOString().slice(0, 10),
      row.endsOn?.toISOString().slice(0, 10) ?? null,
    ]);
  const departments = async (count: number) =>
    Promise.all(Array.from({ length: count }, async () => (await createDepartment(test.db)).id)) as Promise<[string, string, string]>;

  it("gives places, moves the primary one, keeps or ends the others, and ends rather than deletes", async () => {
    const { id: personId } = await createPerson(test.db, { name: "겸직" });
    const [a, b, c] = await departments(3);
    await place([
      {
        personId,
        places: [
          { departmentId: a, isPrimary: true },
          { departmentId: b, isPrimary: false },
        ],
        others: "ended",
        on: "2026-01-01",
      },
    ]);
    const [change] = await place([{ personId, places: [{ departmentId: c, isPrimary: true }], others: "kept", on: "2026-02-01" }]);
    expect(change?.before).toEqual({
      places: expect.arrayContaining([
        { departmentId: a, titleId: null, isPrimary: true },
        { departmentId: b, titleId: null, isPrimary: false },
      ]),
    });
    expect(await placesOf(personId)).toEqual(
      expect.arrayContaining([
        [a, false, "2026-01-01", "2026-02-01"],
        [b, false, "2026-01-01", null],
        [c, true, "2026-02-01", null],
      ]),
    );
    expect(await test.db.personCard.findUnique({ where: { id: personId } })).toMatchObject({ departmentId: c });
    await place([{ personId, places: [{ departmentId: a, isPrimary: true }], others: "ended", on: "2026-03-01" }]);
    expect(await placesOf(personId)).toEqual(
      expect.arrayContaining([
        [a, true, "2026-03-01", null],
        [b, false, "2026-01-01", "2026-03-01"],
        [c, false, "2026-02-01", "2026-03-01"],
      ]),
    );
    expect((await traces([personId])).actions).toEqual(Array(3).fill("directory.person.move"));
  });

  it("makes another of her places the primary one in one set, changes a title, and writes nothing twice", async () => {
    const { id: personId } = await createPerson(test.db);
    const [a, b] = await departments(2);
    const title = await createTitle(test.db, { name: "명부팀장" });
    const both = (first: boolean, titleId: string | null): RosterPlaces => ({
      personId,
      places: [
        { departmentId: a, isPrimary: first, titleId },
        { departmentId: b, isPrimary: !first },
      ],
      others: "ended",
      on: "2026-04-01",
    });
    await place([both(true, null)]);
    await place([both(false, title.id)]);
    expect(await test.db.affiliation.findFirst({ where: { personId, departmentId: a } })).toMatchObject({
      isPrimary: false,
      titleId: title.id,
    });
    expect(await test.db.personCard.findUnique({ where: { id: personId } })).toMatchObject({ departmentId: b });
    expect(await place([both(false, title.id)])).toEqual([]);
    // A directory that knows nothing of duties says nothing of them.
    const named = [
      { departmentId: a, isPrimary: false },
      { departmentId: b, isPrimary: true },
    ];
    expect(await place([{ personId, places: named, others: "ended", on: "2026-04-02" }])).toEqual([]);
    expect((await traces([personId])).actions).toHaveLength(2);
  });

  it("refuses a department that is not there, with the person of that row", async () => {
    const [good, bad] = [await createPerson(test.db), await createPerson(test.db)];
    const [a] = await departments(1);
    const row = (personId: string, departmentId: string): RosterPlaces => ({
      personId,
      places: [{ departmentId, isPrimary: true }],
      others: "kept",
      on: "2026-05-01",
    });
    const refused = await findRefusal(place([row(good.id, a), row(bad.id, newId())]));
    expect([refused?.code, refused?.details]).toEqual(["directory.departmentNotFound", { ids: [bad.id] }]);
    expect(await placesOf(good.id)).toEqual([]);
  });
});

describe("saveManagers", () => {
  const people = (count: number) =>
    Promise.all(Array.from({ length: count }, async () => (await createPerson(test.db)).id)) as Promise<string[]>;
  const managerOf = async (id: string) => (await test.db.person.findUniqueOrThrow({ where: { id } })).managerId;

  it("writes, empties and leaves what is the same", async () => {
    const [a = "", b = ""] = await people(2);
    expect((await manage([{ personId: a, managerId: b }])).changed).toEqual([
      { id: a, before: { managerId: null }, after: { managerId: b } },
    ]);
    expect(await manage([{ personId: a, managerId: b }])).toEqual({ changed: [], refused: [] });
    await manage([{ personId: a, managerId: null }]);
    expect(await managerOf(a)).toBeNull();
    expect((await traces([a])).actions).toEqual(["directory.person.change", "directory.person.change"]);
  });

  it("refuses a circle and whoever is not there, alone, and lets a chain turn around in one set", async () => {
    const [a = "", b = "", c = "", d = ""] = await people(4);
    const nobody = newId();
    await manage([
      { personId: b, managerId: a },
      { personId: c, managerId: b },
    ]);
    const saved = await manage([
      { personId: a, managerId: c },
      { personId: d, managerId: a },
      { personId: nobody, managerId: a },
      { personId: c, managerId: nobody },
    ]);
    expect(saved.changed.map(({ id }) => id)).toEqual([d]);
    expect(saved.refused).toEqual([
      { id: nobody, reason: "directory.managerNotFound" },
      { id: c, reason: "directory.managerNotFound" },
      { id: a, reason: "directory.managerCycle" },
    ]);
    const turned = await manage([
      { personId: a, managerId: b },
      { personId: b, managerId: c },
      { personId: c, managerId: null },
    ]);
    expect([turned.refused, await managerOf(a), await managerOf(b), await managerOf(c)]).toEqual([[], b, c, null]);
    expect((await manage([{ personId: a, managerId: a }])).refused).toEqual([{ id: a, reason: "directory.managerCycle" }]);
  });

  it("takes the managers of an organisation at once", async () => {
    const rows = Array.from({ length: 3000 }, () => somebody());
    for (const set of inSets(rows, 1000)) await writerOf(test)((tx) => savePeople(tx, set));
    const reporting = rows.map(({ id }, at) => ({ personId: id, managerId: rows[Math.floor((at - 1) / 8)]?.id ?? null }));
    const saved = await manage(reporting);
    expect([saved.changed.length, saved.refused]).toEqual([2999, []]);
    expect(
      await test.db.auditEntry.count({ where: { action: "directory.person.change", subjectId: { in: rows.map(({ id }) => id) } } }),
    ).toBe(2999);
  });
});

describe("deactivatePeople and reactivatePeople", () => {
  const back = (ids: readonly string[], reason: "DIRECTORY" | "LEFT" | "ADMINISTRATOR") =>
    writerOf(test)((tx) => reactivatePeople(tx, ids, reason));
  const stateOf = async (id: string) => {
    const { state, deactivatedFor, leftOn } = await test.db.person.findUniqueOrThrow({ where: { id } });
    return [state, deactivatedFor, leftOn?.toISOString().slice(0, 10) ?? null];
  };
  const on = "2026-06-30";

  it("ends and begins again, keeps her places, and tells each once", async () => {
    const department = await createDepartment(test.db);
    const { id } = await createPerson(test.db, { departmentId: department.id, state: "ON_LEAVE" });
    expect(await deactivate([{ personId: id, reason: "DIRECTORY", on }])).toEqual([id]);
    expect(await stateOf(id)).toEqual(["RESIGNED", "DIRECTORY", on]);
    expect(await deactivate([{ personId: id, reason: "DIRECTORY", on: "2026-07-01" }])).toEqual([]);
    expect(await back([id], "LEFT")).toEqual([]);
    expect(await back([id], "DIRECTORY")).toEqual([id]);
    expect(await stateOf(id)).toEqual(["ACTIVE", null, null]);
    expect(await back([id], "DIRECTORY")).toEqual([]);
    expect(await test.db.personCard.findUnique({ where: { id } })).toMatchObject({ departmentId: department.id, state: "ACTIVE" });
    expect(await traces([id])).toEqual({
      actions: ["directory.person.deactivate", "directory.person.reactivate"],
      events: ["directory.person-deactivated", "directory.person-changed", "directory.person-reactivated", "directory.person-changed"],
    });
  });

  it("sets what a person decided above what the directory says: the directory does not bring her back", async () => {
    const { id } = await createPerson(test.db);
    await deactivate([{ personId: id, reason: "DIRECTORY", on }]);
    expect(await deactivate([{ personId: id, reason: "LEFT", on: "2026-05-31" }])).toEqual([]);
    expect(await stateOf(id)).toEqual(["RESIGNED", "LEFT", "2026-05-31"]);
    await deactivate([{ personId: id, reason: "DIRECTORY", on }]);
    expect([await back([id], "DIRECTORY"), await stateOf(id)]).toEqual([[], ["RESIGNED", "LEFT", "2026-05-31"]]);
  });

  it("does it to a thousand at once", async () => {
    const rows = Array.from({ length: 1000 }, () => somebody());
    await writerOf(test)((tx) => savePeople(tx, rows));
    const ids = rows.map(({ id }) => id);
    expect(await deactivate(ids.map((personId) => ({ personId, reason: "DIRECTORY", on })))).toHaveLength(1000);
    expect(await test.db.outbox.count({ where: { name: "directory.person-deactivated" } })).toBeGreaterThanOrEqual(1000);
    expect(await back(ids, "DIRECTORY")).toHaveLength(1000);
  });
});
