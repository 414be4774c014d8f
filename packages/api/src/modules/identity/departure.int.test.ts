import { createPerson } from "@maru/db/testing/factories/person";
import { createTitle } from "@maru/db/testing/factories/title";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestActorName, type TestMaru } from "../../testing/testing";
import { carryOutDue } from "../directory/service/carry-out-due";
import { syncBuiltInRoles } from "./service";
import { subscriptions } from "./subscriptions";
import { type RightsPeople, rightsPeople } from "./testing/rights-people";

let test: TestMaru;
let people: RightsPeople;
let now = new Date();

const by = (name: TestActorName) => test.as(test.actors[name]).directory;
const admin = () => by("admin");
const codes = (consequences: readonly { code: string; count: number }[]) =>
  Object.fromEntries(consequences.map(({ code, count }) => [code, count]));
const stateOf = async (id: string) => (await test.db.person.findUniqueOrThrow({ where: { id } })).state;
const runSchedule = () => carryOutDue(test.contextFor(test.actors.admin));

/** What the worker does with the events of a person. */
const react = async (personId: string) => {
  const events = await test.db.outbox.findMany({ where: { name: { startsWith: "directory.person-" } }, orderBy: { createdAt: "asc" } });
  for (const { id, name, payload, createdAt } of events.filter((event) =>
    JSON.stringify(event.payload).includes(`"personId":"${personId}"`),
  ))
    for (const { event, react: run } of subscriptions)
      if (event.name === name)
        await run(test.contextFor(test.actors.admin), { id, payload, actorId: null, occurredAt: createdAt }, new AbortController().signal);
};

beforeAll(async () => {
  test = await createTestMaru({ clock: () => now });
  await syncBuiltInRoles(test.maru.database);
  people = rightsPeople(test);
});
afterAll(() => test.stop());
beforeEach(() => {
  now = new Date("2026-11-22T03:00:00Z");
});
const TODAY = "2026-11-22";
const LATER = "2026-12-01";

describe("what will happen to the work of somebody who leaves", () => {
  it("is told by every module", async () => {
    const { member } = test.actors;
    await people.give(member, await people.idOf("member"));
    const title = await createTitle(test.db, { isHead: true });
    await test.db.affiliation.updateMany({ where: { personId: member.id, isPrimary: true }, data: { titleId: title.id } });
    await createPerson(test.db, { managerId: member.id, name: "부하" });
    await createPerson(test.db, { assistantId: member.id });
    const day = { startsAt: new Date("2026-12-24"), endsAt: new Date("2026-12-27") };
    await test.db.absence.create({
      data: {
        id: newId(),
        personId: test.actors.other.id,
        deputyId: member.id,
        reason: "VACATION",
        enteredById: test.actors.other.id,
        ...day,
      },
    });
    const preview = await admin().previewTransition({ personId: member.id, kind: "RESIGNATION", effectiveOn: TODAY });
    expect(preview).toMatchObject({ person: { id: member.id }, isNow: true });
    expect(codes(preview.consequences)).toEqual({
      "identity.accountDisabled": 1,
      "identity.rolesSleep": 1,
      "directory.takenFromLists": 1,
      "directory.reportsWithoutManager": 1,
      "directory.withoutHead": 1,
      "directory.deputyEnds": 1,
      "directory.assistanceEnds": 1,
    });
    expect(preview.consequences.find(({ code }) => code === "directory.reportsWithoutManager")?.names).toEqual([
      { name: "부하", nameEn: null },
    ]);
    const leave = await admin().previewTransition({ personId: member.id, kind: "LEAVE", effectiveOn: LATER });
    expect([leave.isNow, Object.keys(codes(leave.consequences)).sort()]).toEqual([
      false,
      ["directory.deputyAway", "directory.headAway", "directory.reportsKept", "directory.shownOnLeave", "identity.accountKept"],
    ]);
    expect(await refusal(admin().previewTransition({ personId: member.id, kind: "RETURN", effectiveOn: TODAY }))).toBe(
      "directory.transitionImpossible",
    );
    expect(await refusal(admin().previewTransition({ personId: newId(), kind: "LEAVE", effectiveOn: TODAY }))).toBe(
      "directory.personNotFound",
    );
    expect(await refusal(by("member").previewTransition({ personId: member.id, kind: "LEAVE", effectiveOn: TODAY }))).toBe(
      "common.forbidden",
    );
  });
});

describe("requestTransition", () => {
  it("ends somebody's time at once: her account, her sessions, and what others had of her", async () => {
    const actor = await people.createPerson([await people.idOf("member")]);
    const { id: reportId } = await createPerson(test.db, { managerId: actor.id });
    const session = { id: newId(), accountId: actor.accountId as string, kind: "WEB" as const, expiresAt: new Date("2999-01-01") };
    await test.db.session.create({ data: session });
    await admin().requestTransition({ personId: actor.id, kind: "RESIGNATION", effectiveOn: TODAY });
    expect(await stateOf(actor.id)).toBe("RESIGNED");
    expect((await test.db.person.findUniqueOrThrow({ where: { id: reportId } })).managerId).toBeNull();
    // The doors refuse her from this moment on; the account follows with the event.
    await expect(people.actorOf(actor.id)).rejects.toThrow();
    await react(actor.id);
    expect(await test.db.account.findUniqueOrThrow({ where: { personId: actor.id } })).toMatchObject({ state: "DISABLED" });
    expect((await test.db.session.findUniqueOrThrow({ where: { id: session.id } })).endedAt).not.toBeNull();
    const detail = await admin().getPersonForAdmin({ id: actor.id });
    expect(detail).toMatchObject({ leftOn: TODAY, can: { turn: ["RETURN"] }, transitions: [{ kind: "RESIGNATION", state: "DONE" }] });
  });

  it("lets her come back: the account works again, and nothing that was handed on is taken back", async () => {
    const actor = await people.createPerson([await people.idOf("member")]);
    await admin().requestTransition({ personId: actor.id, kind: "RESIGNATION", effectiveOn: TODAY });
    await react(actor.id);
    await admin().requestTransition({ personId: actor.id, kind: "RETURN", effectiveOn: TODAY });
    await react(actor.id);
    expect(await stateOf(actor.id)).toBe("ACTIVE");
    expect((await people.actorOf(actor.id)).permissions.has("board.post")).toBe(true);
    expect((await admin().getPersonForAdmin({ id: actor.id })).leftOn).toBeNull();
  });

  it("leave is a state: she stays in lists and can sign in", async () => {
    const actor = await people.createPerson([await people.idOf("member")]);
    await admin().requestTransition({ personId: actor.id, kind: "LEAVE", effectiveOn: TODAY });
    expect(await stateOf(actor.id)).toBe("ON_LEAVE");
    expect((await people.actorOf(actor.id)).id).toBe(actor.id);
    await admin().requestTransition({ personId: actor.id, kind: "RETURN", effectiveOn: TODAY });
    expect(await stateOf(actor.id)).toBe("ACTIVE");
  });

  it("keeps the last administrator, and whoever asks", async () => {
    await people.forgetAdministrators();
    const only = await people.createAdministrator();
    const { consequences } = await admin().previewTransition({ personId: only.id, kind: "RESIGNATION", effectiveOn: TODAY });
    expect(consequences).toContainEqual({ code: "identity.lastAdministrator", count: 1, names: [], isBlocking: true });
    const request = { personId: only.id, kind: "RESIGNATION", effectiveOn: TODAY } as const;
    expect(await refusal(admin().requestTransition(request))).toBe("identity.lastAdministrator");
    expect([await stateOf(only.id), await test.db.transition.count({ where: { personId: only.id } })]).toEqual(["ACTIVE", 0]);
    expect(await refusal(admin().requestTransition({ ...request, personId: test.actors.admin.id }))).toBe("directory.ownDeparture");
    await people.forgetAdministrators();
  });

  it("is for those who manage the directory, of what there is", async () => {
    const { id } = await createPerson(test.db);
    const request = { personId: id, kind: "LEAVE", effectiveOn: TODAY } as const;
    expect(await refusal(by("departmentAdmin").requestTransition(request))).toBe("common.forbidden");
    expect(await refusal(admin().requestTransition({ ...request, personId: newId() }))).toBe("directory.personNotFound");
    expect(await refusal(admin().requestTransition({ ...request, kind: "RETURN" }))).toBe("directory.transitionImpossible");
    expect(await refusal(admin().requestTransition({ ...request, effectiveOn: "22.11.2026" }))).toBe("common.invalidInput");
  });
});

describe("a turn that waits for its day", () => {
  it("happens on that day and not before, once", async () => {
    const { id } = await createPerson(test.db);
    await admin().requestTransition({ personId: id, kind: "RESIGNATION", effectiveOn: LATER });
    expect(await refusal(admin().requestTransition({ personId: id, kind: "LEAVE", effectiveOn: TODAY }))).toBe(
      "directory.transitionPending",
    );
    const { items } = await admin().listPeopleForAdmin({ limit: 100 });
    expect(items.find((person) => person.id === id)?.upcoming).toMatchObject({ kind: "RESIGNATION", effectiveOn: LATER });
    await runSchedule();
    // Seoul's day begins while it is still yesterday in Greenwich.
    now = new Date("2026-11-30T14:59:00Z");
    await runSchedule();
    expect(await stateOf(id)).toBe("ACTIVE");
    now = new Date("2026-11-30T15:00:00Z");
    await runSchedule();
    await runSchedule();
    expect(await stateOf(id)).toBe("RESIGNED");
    const entries = await test.db.auditEntry.findMany({
      where: { subjectId: id, action: { startsWith: "directory.transition." } },
      orderBy: { id: "asc" },
    });
    expect(entries.map(({ action }) => action)).toEqual(["directory.transition.schedule", "directory.transition.carry-out"]);
  });

  it("is taken back until then", async () => {
    const { id: personId } = await createPerson(test.db);
    const { id } = await admin().requestTransition({ personId, kind: "RESIGNATION", effectiveOn: LATER });
    expect(await refusal(by("member").cancelTransition({ id }))).toBe("common.forbidden");
    await admin().cancelTransition({ id });
    now = new Date("2026-12-05T00:00:00Z");
    await runSchedule();
    expect(await stateOf(personId)).toBe("ACTIVE");
    expect(await refusal(admin().cancelTransition({ id }))).toBe("directory.transitionNotFound");
  });

  it("that can't happen any more says why, and the others do all the same", async () => {
    const [{ id: gone }, { id: other }] = [await createPerson(test.db), await createPerson(test.db)];
    await admin().requestTransition({ personId: gone, kind: "LEAVE", effectiveOn: LATER });
    await admin().requestTransition({ personId: other, kind: "LEAVE", effectiveOn: LATER });
    await test.db.person.update({ where: { id: gone }, data: { state: "RESIGNED" } });
    now = new Date("2026-12-02T00:00:00Z");
    await runSchedule();
    const { transitions } = await admin().getPersonForAdmin({ id: gone });
    expect(transitions).toMatchObject([{ state: "REFUSED", fault: "directory.transitionImpossible" }]);
    expect(await stateOf(other)).toBe("ON_LEAVE");
  });
});
