import { createPerson } from "@maru/db/testing/factories/person";
import type { Clock } from "@maru/platform/clock";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, findRefusal, refusal, type TestActorName, type TestMaru } from "../../testing/testing";
import type { SetAbsenceInput } from "./contract";

const NOW = new Date("2026-11-23T03:00:00Z");
let now = NOW;
const clock: Clock = () => now;
let test: TestMaru;

const by = (name: TestActorName) => test.as(test.actors[name]).directory;
const day = (number: number) => new Date(Date.UTC(2026, 10, number)).toISOString();
/** An absence of the member from one day of November until another. */
const away = (from: number, to: number, more: Partial<SetAbsenceInput> = {}): SetAbsenceInput => ({
  personId: test.actors.member.id,
  startsAt: day(from),
  endsAt: day(to),
  reason: "VACATION",
  ...more,
});
const november = { from: day(1), to: day(30) };

beforeAll(async () => {
  test = await createTestMaru({ clock });
});
afterAll(() => test.stop());

const clear = () => test.db.absence.deleteMany();

describe("setAbsence", () => {
  it("is seen by colleagues with its deputy, and its note by those who may change it", async () => {
    await clear();
    const deputyId = test.actors.departmentAdmin.id;
    const entered = await by("member").setAbsence(away(22, 25, { note: " 제주 여행 ", deputyId }));
    expect(entered).toMatchObject({ note: "제주 여행", deputy: { id: deputyId }, deputyAway: "NEVER", can: { change: true } });
    const seen = await by("other").getPerson({ id: test.actors.member.id });
    expect(seen).toMatchObject({ awayUntil: day(25), absences: [{ id: entered.id, note: null, can: { change: false } }] });
    expect((await by("admin").getPerson({ id: test.actors.member.id })).absences).toMatchObject([{ note: "제주 여행" }]);
    const { items } = await by("guest").listPeople({ departmentId: test.departments.team });
    expect(items.map(({ name, awayUntil }) => [name, awayUntil])).toEqual([["홍길동", day(25)]]);
    const { details } = await test.db.auditEntry.findFirstOrThrow({ where: { action: "directory.absence.enter" } });
    expect(details).toEqual({ personId: test.actors.member.id, startsAt: day(22), endsAt: day(25), deputyId });
  });

  it("takes nobody's word but the person's, her assistant's and an administrator's", async () => {
    await clear();
    expect(await refusal(by("other").setAbsence(away(24, 25)))).toBe("directory.absenceNotYours");
    expect(await refusal(by("departmentAdmin").setAbsence(away(24, 25)))).toBe("directory.absenceNotYours");
    expect((await by("admin").setAbsence(away(24, 25))).person.name).toBe("홍길동");
    const personId = test.actors.member.id;
    expect((await by("member").setAssistant({ personId, assistantId: test.actors.other.id })).assistant?.name).toBe("김영희");
    expect((await by("other").setAbsence(away(26, 27))).can.change).toBe(true);
    // An assistant does not choose who follows her.
    expect(await refusal(by("other").setAssistant({ personId, assistantId: test.actors.guest.id }))).toBe("directory.absenceNotYours");
    await by("member").setAssistant({ personId, assistantId: null });
    expect(await refusal(by("other").setAbsence(away(27, 28)))).toBe("directory.absenceNotYours");
    const script = { ...test.actors.member, tokenId: newId() };
    expect(await refusal(test.as(script).directory.setAbsence(away(27, 28)))).toBe("directory.absenceNotYours");
  });

  it("refuses what overlaps and says with what; absences may touch", async () => {
    await clear();
    const { id } = await by("member").setAbsence(away(24, 26));
    await by("member").setAbsence(away(26, 27));
    const refused = await findRefusal(by("member").setAbsence(away(23, 25)));
    expect([refused?.code, refused?.details]).toEqual(["directory.absenceOverlaps", { startsAt: day(24), endsAt: day(26) }]);
    // Its own time does not stand in the way of a change.
    expect(await by("member").setAbsence({ ...away(23, 26), id })).toMatchObject({ id, startsAt: day(23) });
    expect(await refusal(by("member").setAbsence({ ...away(23, 27), id }))).toBe("directory.absenceOverlaps");
    expect(await refusal(by("member").setAbsence({ ...away(28, 29), id: newId() }))).toBe("directory.absenceNotFound");
  });

  it("lets one of two in who enter the same time at once", async () => {
    await clear();
    const answers = await Promise.all([1, 2, 3].map(() => findRefusal(by("member").setAbsence(away(24, 26)))));
    expect(answers.map((answer) => answer?.code ?? "done").sort()).toEqual([
      "directory.absenceOverlaps",
      "directory.absenceOverlaps",
      "done",
    ]);
  });

  it("wants a deputy who is somebody else and works here, and says when she is away too", async () => {
    await clear();
    const gone = await createPerson(test.db, { state: "RESIGNED" });
    const onLeave = await createPerson(test.db, { state: "ON_LEAVE" });
    for (const deputyId of [gone.id, onLeave.id, test.actors.member.id, newId()])
      expect(await refusal(by("member").setAbsence(away(24, 25, { deputyId })))).toBe("directory.deputyNotPresent");
    const deputyId = test.actors.other.id;
    await by("other").setAbsence(away(24, 26, { personId: deputyId }));
    const answers = [
      await by("member").setAbsence(away(24, 25, { deputyId })),
      await by("member").setAbsence(away(25, 28, { deputyId })),
      await by("member").setAbsence(away(28, 29, { deputyId })),
    ];
    expect(answers.map(({ deputyAway }) => deputyAway)).toEqual(["WHOLLY", "PARTLY", "NEVER"]);
  });

  it.each([
    ["nothing of time", (): SetAbsenceInput => away(24, 24)],
    ["time backwards", (): SetAbsenceInput => away(25, 24)],
    ["three years", (): SetAbsenceInput => ({ ...away(24, 25), endsAt: "2029-11-25T00:00:00Z" })],
    ["a note without end", (): SetAbsenceInput => away(24, 25, { note: "가".repeat(201) })],
    ["a day that is none", (): SetAbsenceInput => ({ ...away(24, 25), startsAt: "2026-02-31T00:00:00Z" })],
  ])("refuses %s", async (_what, input) => expect(await refusal(by("member").setAbsence(input()))).toBe("common.invalidInput"));

  it("knows nobody who is not there", async () => {
    expect(await refusal(by("admin").setAbsence(away(24, 25, { personId: newId() })))).toBe("directory.personNotFound");
    const gone = await createPerson(test.db, { state: "RESIGNED" });
    expect(await refusal(by("admin").setAbsence(away(24, 25, { personId: gone.id })))).toBe("directory.personNotFound");
    expect(await refusal(test.as(null).directory.setAbsence(away(24, 25)))).toBe("common.signInRequired");
  });
});

describe("cancelAbsence", () => {
  it("takes back what has not begun, ends what holds, and leaves what is over", async () => {
    await clear();
    const coming = await by("member").setAbsence(away(27, 28));
    const holding = await by("member").setAbsence(away(22, 26));
    expect(await refusal(by("other").cancelAbsence({ id: coming.id }))).toBe("directory.absenceNotYours");
    await by("member").cancelAbsence({ id: coming.id });
    await by("member").cancelAbsence({ id: holding.id });
    const rows = await by("other").listAbsences({ personId: test.actors.member.id, ...november });
    expect(rows.map(({ id, startsAt, endsAt }) => [id, startsAt, endsAt])).toEqual([[holding.id, day(22), NOW.toISOString()]]);
    expect((await by("other").getPerson({ id: test.actors.member.id })).awayUntil).toBeNull();
    now = new Date(NOW.getTime() + 1000);
    expect(await refusal(by("member").cancelAbsence({ id: holding.id }))).toBe("directory.absenceOver");
    expect(await refusal(by("member").setAbsence({ ...away(28, 29), id: holding.id }))).toBe("directory.absenceOver");
    expect(await refusal(by("member").cancelAbsence({ id: coming.id }))).toBe("directory.absenceNotFound");
    expect(await refusal(by("member").cancelAbsence({ id: newId() }))).toBe("directory.absenceNotFound");
    now = NOW;
  });
});

describe("listAbsences", () => {
  it("is of one's own department with all below it, unless somebody or another one is named", async () => {
    await clear();
    await by("member").setAbsence(away(24, 25));
    await by("other").setAbsence(away(24, 25, { personId: test.actors.other.id }));
    const names = async (name: TestActorName, more: object = {}) =>
      (await by(name).listAbsences({ ...november, ...more })).map(({ person }) => person.name);
    expect(await names("departmentAdmin")).toEqual(["홍길동"]);
    expect(await names("other")).toEqual(["김영희"]);
    expect(await names("moderator")).toEqual(["홍길동", "김영희"]);
    expect(await names("other", { departmentId: test.departments.team })).toEqual(["홍길동"]);
    expect(await names("other", { from: day(26) })).toEqual([]);
    expect(await names("guest")).toEqual([]);
    expect(await refusal(by("other").listAbsences({ from: day(3), to: day(2) }))).toBe("common.invalidInput");
    expect(await refusal(test.as(null).directory.listAbsences(november))).toBe("common.signInRequired");
  });
});

describe("setAssistant", () => {
  it("wants somebody else who works here", async () => {
    const personId = test.actors.member.id;
    const gone = await createPerson(test.db, { state: "RESIGNED" });
    for (const assistantId of [gone.id, personId, newId()])
      expect(await refusal(by("member").setAssistant({ personId, assistantId }))).toBe("directory.assistantNotPresent");
    expect(await refusal(by("admin").setAssistant({ personId: newId(), assistantId: null }))).toBe("directory.personNotFound");
    expect(await refusal(by("member").setAssistant({ personId: "me", assistantId: null }))).toBe("common.invalidInput");
  });
});
