import { createPerson as addPerson } from "@maru/db/testing/factories/person";
import { createRank } from "@maru/db/testing/factories/rank";
import { newId } from "@maru/platform/crypto/id";
import { isAppError } from "@maru/platform/errors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inSets, somebody, tracesOf, writerOf } from "../../testing/roster";
import { createTestMaru, findRefusal, type TestMaru } from "../../testing/testing";
import { createPerson, MAX_ROSTER_ROWS, type RosterPerson, savePeople } from "./service";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru({ poolSize: 8 });
});
afterAll(() => test.stop());

const save = (rows: readonly RosterPerson[]) => writerOf(test)((tx) => savePeople(tx, rows));
const personOf = (id: string) => test.db.person.findUniqueOrThrow({ where: { id } });
const traces = (ids: readonly string[]) => tracesOf(test, ids);

describe("savePeople", () => {
  it("takes in who is new, with everything that she is found by, and tells of it once", async () => {
    const rank = await createRank(test.db, { name: "명부과장" });
    const row = somebody({ name: "남궁바다", nameEn: "Bada Namgung", mobile: "010-1234-5678", rankId: rank.id, joinedOn: "2026-03-02" });
    expect(await save([row])).toEqual({ created: [row.id], changed: [], released: [] });
    expect(await personOf(row.id)).toMatchObject({
      name: "남궁바다",
      nameEn: "Bada Namgung",
      employeeNo: row.employeeNo,
      state: "ACTIVE",
      joinedOn: new Date("2026-03-02"),
      leftOn: null,
    });
    for (const key of ["남궁바다", "ㄴㄱㅂㄷ", "5678"]) expect((await personOf(row.id)).searchText).toContain(key);
    expect(await test.db.personCard.findUnique({ where: { id: row.id } })).toMatchObject({ name: "남궁바다", rank: "명부과장" });
    expect(await traces([row.id])).toEqual({ actions: ["directory.person.create"], events: ["directory.person-changed"] });
  });

  it("writes what differs, leaves what is not named, empties what is null, and writes nothing twice", async () => {
    const row = somebody({ phone: "02-555-0100", mobile: "010-1111-2222" });
    await save([row]);
    const before = await personOf(row.id);
    const saved = await save([{ id: row.id, name: "개명", phone: null }]);
    expect(saved.changed).toEqual([{ id: row.id, before: { name: row.name, phone: "02-555-0100" }, after: { name: "개명", phone: null } }]);
    const after = await personOf(row.id);
    expect(after).toMatchObject({ name: "개명", phone: null, mobile: "010-1111-2222", email: before.email });
    expect([after.searchText?.includes("11112222"), after.searchText?.includes("025550100")]).toEqual([true, false]);
    expect(await save([{ id: row.id, name: "개명", phone: null, mobile: "010-1111-2222" }])).toEqual({
      created: [],
      changed: [],
      released: [],
    });
    expect(await personOf(row.id)).toEqual(after);
    expect((await traces([row.id])).actions).toEqual(["directory.person.create", "directory.person.change"]);
  });

  it("knows a mail address in capitals, and lets two of a set swap addresses and numbers", async () => {
    const [a, b] = [somebody(), somebody()];
    await save([a, b]);
    const refused = await findRefusal(save([somebody({ email: a.email?.toUpperCase() })]));
    expect(refused?.code).toBe("directory.emailTaken");
    await save([
      { id: a.id, email: b.email, employeeNo: b.employeeNo },
      { id: b.id, email: a.email, employeeNo: a.employeeNo },
    ]);
    expect(await personOf(a.id)).toMatchObject({ email: b.email, employeeNo: b.employeeNo });
    expect(await personOf(b.id)).toMatchObject({ email: a.email, employeeNo: a.employeeNo });
  });

  it("takes the address of somebody who has left, and nothing of somebody who has not", async () => {
    const gone = await addPerson(test.db, { name: "떠난이", email: "Recycled@maru.example", state: "RESIGNED", employeeNo: "GONE-1" });
    const row = somebody({ email: "recycled@maru.example" });
    expect(await save([row])).toEqual({ created: [row.id], changed: [], released: [gone.id] });
    expect((await personOf(gone.id)).email).toBeNull();
    expect((await traces([gone.id])).actions).toEqual(["directory.person.release-mail"]);
    const number = await findRefusal(save([somebody({ employeeNo: "GONE-1" })]));
    expect(number?.code).toBe("directory.employeeNoTaken");
  });

  it.each([
    ["the address of somebody else", { email: "held@maru.example" }, "directory.emailTaken"],
    ["the number of somebody else", { employeeNo: "HELD-1" }, "directory.employeeNoTaken"],
    ["nobody's id without a name", { name: undefined }, "directory.personNotFound"],
  ])("refuses a set in which one asks for %s, names the row and writes nothing", async (_what, fields, code) => {
    await addPerson(test.db, { email: "held@maru.example", employeeNo: "HELD-1", id: newId() }).catch(() => undefined);
    const [good, bad] = [somebody(), somebody(fields)];
    const refused = await findRefusal(save([good, bad]));
    expect([refused?.code, refused?.details]).toEqual([code, { ids: [bad.id] }]);
    expect(await test.db.person.count({ where: { id: { in: [good.id, bad.id] } } })).toBe(0);
    expect(await save([good])).toMatchObject({ created: [good.id] });
  });

  it("refuses one address twice in a set: the second is to blame", async () => {
    const [first, second] = [somebody({ email: "twice@maru.example" }), somebody({ email: "Twice@maru.example" })];
    expect((await findRefusal(save([first, second])))?.details).toEqual({ ids: [second.id] });
  });

  it("fails for a rank that is not there, so that whoever halves the set finds the row", async () => {
    const bad = somebody({ rankId: newId() });
    const fault = await save([somebody(), bad]).catch((error: unknown) => error);
    expect([fault instanceof Error, isAppError(fault)]).toEqual([true, false]);
  });

  it("takes at most a thousand, each once", async () => {
    const row = somebody();
    await expect(save([row, row])).rejects.toThrow("once");
    await expect(save(Array.from({ length: MAX_ROSTER_ROWS + 1 }, () => somebody()))).rejects.toThrow("at most");
  });

  it("is not passed by a second set that wants the same address at once", async () => {
    const email = "race@maru.example";
    const ends = await Promise.all([somebody({ email }), somebody({ email })].map((row) => findRefusal(save([row]))));
    expect(ends.map((end) => end?.code ?? "done").sort()).toEqual(["directory.emailTaken", "done"]);
  });

  it("is not passed by somebody who is taken in by hand at once, nor does it lock out who changes her own number", async () => {
    const email = "by-hand@maru.example";
    const byHand = writerOf(test)((tx) => createPerson(tx, { name: "손으로", email }));
    const ends = await Promise.all([findRefusal(byHand), findRefusal(save([somebody({ email })]))]);
    expect(ends.map((end) => end?.code ?? "done").sort()).toEqual(["directory.emailTaken", "done"]);
    const { member } = test.actors;
    const rounds = Array.from({ length: 4 }, (_, at) => `010-2000-${1000 + at}`);
    await Promise.all(
      rounds.flatMap((mobile) => [test.as(member).identity.updateProfile({ mobile }), save([{ id: member.id, nameEn: `Hong ${mobile}` }])]),
    );
    expect((await personOf(member.id)).nameEn).toMatch(/^Hong 010/);
  });

  // One bad row of two thousand, found as a sync finds it: a set that fails is halved.
  it("lets whoever halves a failing set write all but the one bad row, and records each person once", async () => {
    const rows = Array.from({ length: 2000 }, () => somebody());
    const bad = rows[1234] as RosterPerson;
    await addPerson(test.db, { email: bad.email ?? "" });
    const lost: string[] = [];
    let sets = 0;
    const saveHalving = async (some: readonly RosterPerson[]): Promise<void> => {
      sets += 1;
      const refused = await findRefusal(save(some));
      if (refused === null) return;
      if (some.length === 1) return void lost.push(`${some[0]?.id} ${refused.code}`);
      for (const half of inSets(some, Math.ceil(some.length / 2))) await saveHalving(half);
    };
    for (const set of inSets(rows, MAX_ROSTER_ROWS)) await saveHalving(set);
    expect(lost).toEqual([`${bad.id} directory.emailTaken`]);
    expect(sets).toBeLessThanOrEqual(22);
    const ids = rows.map(({ id }) => id);
    expect(await test.db.person.count({ where: { id: { in: ids } } })).toBe(1999);
    expect(await test.db.personCard.count({ where: { id: { in: ids } } })).toBe(1999);
    expect(await test.db.auditEntry.count({ where: { subjectId: { in: ids } } })).toBe(1999);
  });
});
