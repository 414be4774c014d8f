import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { syncBuiltInRoles } from "../identity/service";
import { executeRun } from "./service/execute";
import { approveRun, cancelRun, queueRun, startRun } from "./service/runs";
import { complete, desiredPerson } from "./testing/people";
import { createListSource, linesOf, reading, runAgain, runSync, workerContext } from "./testing/runs";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());

const never = new AbortController().signal;
const people = (name: string, count: number) => Array.from({ length: count }, (_, at) => desiredPerson(`${name}${at}`));
const admin = () => test.contextFor(test.actors.admin);
const stateOf = async (sourceId: string) => {
  const links = await test.db.syncLink.findMany({ where: { sourceId, target: "PERSON" } });
  const active = await test.db.person.count({ where: { id: { in: links.flatMap(({ personId }) => personId ?? []) }, state: "ACTIVE" } });
  return { active, missing: links.filter(({ missingSince }) => missingSince !== null).length };
};

describe("a run that would change much", () => {
  it("waits when half of the people are missing, goes on with what is new, and does the rest once somebody has typed the number", async () => {
    const sourceId = await createListSource(test);
    const all = people("half", 20);
    await runSync(test, sourceId, reading(complete(all)));
    const held = await runSync(test, sourceId, reading(complete([...all.slice(0, 10), desiredPerson("half-new")])));
    expect(held).toMatchObject({
      state: "WAITING_APPROVAL",
      held: [{ reason: "deactivations", count: 10, of: 20 }],
      heldCount: 10,
      can: { approve: true, cancel: true },
    });
    expect(await stateOf(sourceId)).toEqual({ active: 21, missing: 0 });
    expect(await test.db.outbox.count({ where: { name: "sync.run-held", payload: { path: ["runId"], equals: held.id } } })).toBe(1);

    expect(await refusal(approveRun(admin(), { id: held.id, count: 11 }))).toBe("sync.countWrong");
    expect(await approveRun(admin(), { id: held.id, count: 10 })).toMatchObject({ state: "APPLYING", approvedById: test.actors.admin.id });
    expect(await refusal(approveRun(admin(), { id: held.id, count: 10 }))).toBe("sync.notWaiting");
    expect(await runAgain(test, held.id, reading(complete([])))).toMatchObject({ state: "DONE", heldCount: 0 });
    expect(await stateOf(sourceId)).toEqual({ active: 21, missing: 10 });
  });

  it("waits with everything where nobody has looked at its scope, and a dry run is a look", async () => {
    const sourceId = await createListSource(test, false);
    const waiting = await runSync(test, sourceId, reading(complete(people("scope", 3))));
    expect(waiting).toMatchObject({ state: "WAITING_APPROVAL", held: [{ reason: "scopeChanged", count: 3, of: 3 }], heldCount: 3 });
    expect(await stateOf(sourceId)).toEqual({ active: 0, missing: 0 });
    // A preview does not touch what waits; the run after it does.
    expect(await runSync(test, sourceId, reading(complete(people("scope", 3))), { isDryRun: true })).toMatchObject({ state: "DONE" });
    expect(await runSync(test, sourceId, reading(complete(people("scope", 3))))).toMatchObject({ state: "DONE", held: [] });
    expect(await test.db.syncRun.findUniqueOrThrow({ where: { id: waiting.id } })).toMatchObject({
      state: "CANCELLED",
      failure: "superseded",
    });
    expect(await stateOf(sourceId)).toEqual({ active: 3, missing: 0 });
  });

  it("waits when nothing was read at all", async () => {
    const sourceId = await createListSource(test);
    await runSync(test, sourceId, reading(complete(people("none", 5))));
    const held = await runSync(test, sourceId, reading(complete([])));
    expect(held).toMatchObject({ state: "WAITING_APPROVAL", heldCount: 5 });
    expect(held.held.map(({ reason }) => reason)).toEqual(["nothingRead", "deactivations"]);
    expect(await stateOf(sourceId)).toEqual({ active: 5, missing: 0 });
  });

  it("does not send away who was found again while it waited", async () => {
    const sourceId = await createListSource(test);
    const all = people("again", 6);
    await runSync(test, sourceId, reading(complete(all)));
    await test.db.syncLink.updateMany({
      where: { sourceId, externalId: { in: ["again0", "again1"] } },
      data: { missingSince: new Date() },
    });
    const held = await runSync(test, sourceId, reading(complete(all.slice(2))));
    expect(held).toMatchObject({ state: "WAITING_APPROVAL", heldCount: 2 });
    await test.db.syncLink.updateMany({ where: { sourceId, externalId: "again0" }, data: { missingSince: null } });
    await approveRun(admin(), { id: held.id, count: 2 });
    await runAgain(test, held.id, reading(complete([])));
    expect(await linesOf(test, held.id)).toEqual(["DEACTIVATE again0 SKIPPED foundAgain", "DEACTIVATE again1 APPLIED"]);
  });

  it("never takes the last administrator away, whoever approves", async () => {
    const sourceId = await createListSource(test);
    const all = people("last", 4);
    await runSync(test, sourceId, reading(complete(all)));
    const link = await test.db.syncLink.findFirstOrThrow({ where: { sourceId, externalId: "last0" } });
    const { id: accountId } = await test.db.account.findUniqueOrThrow({ where: { personId: link.personId ?? "" } });
    const { id: roleId } = await test.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
    await test.db.roleAssignment.create({ data: { id: crypto.randomUUID(), accountId, roleId } });
    const disabled = all.map((person, at) => (at === 0 ? { ...person, isDisabled: true } : person));
    const run = await runSync(test, sourceId, reading(complete(disabled)));
    expect(run.held.map(({ reason }) => reason)).toEqual(["lastAdministrator"]);
    expect(await linesOf(test, run.id)).toEqual(["DEACTIVATE last0 CONFLICT lastAdministrator"]);
    expect(await stateOf(sourceId)).toEqual({ active: 4, missing: 0 });
    await test.db.roleAssignment.deleteMany({ where: { accountId, roleId } });
  });
});

describe("runs of one source", () => {
  it("are one at a time, however many ask", async () => {
    const sourceId = await createListSource(test);
    const asked = await Promise.all([1, 2, 3].map(() => refusal(startRun(admin(), { sourceId, isDryRun: true, isFull: true }))));
    expect(asked.sort()).toEqual(["done", "sync.runUnderWay", "sync.runUnderWay"]);
    expect(await test.db.syncRun.count({ where: { sourceId } })).toBe(1);
    const { id } = await test.db.syncRun.findFirstOrThrow({ where: { sourceId } });
    expect(await test.db.outbox.count({ where: { name: "sync.run-source", payload: { path: ["runId"], equals: id } } })).toBe(1);
    await cancelRun(admin(), { id });
  });

  it("are done by one worker at a time, and one that was cancelled writes nothing more", async () => {
    const sourceId = await createListSource(test);
    const ctx = workerContext(test);
    const id = await ctx.tx((tx) => queueRun(tx, sourceId, { isFull: true, isDryRun: false, requestedById: null }));
    let readings = 0;
    let goOn: () => void = () => undefined;
    const slow = async () => {
      readings += 1;
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      return { desired: complete(people("cancelled", 3)), cursor: null };
    };
    const first = executeRun(ctx, id, never, slow);
    await expect.poll(() => readings).toBe(1);
    await expect(executeRun(workerContext(test), id, never, slow)).rejects.toThrow("another worker");
    expect(readings).toBe(1);
    expect(await cancelRun(admin(), { id })).toMatchObject({ state: "CANCELLED", can: { approve: false, cancel: false } });
    goOn();
    await first;
    expect(await test.db.syncRun.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "CANCELLED" });
    expect([await stateOf(sourceId), await test.db.syncRunItem.count({ where: { runId: id } })]).toEqual([{ active: 0, missing: 0 }, 0]);
    expect(await refusal(cancelRun(admin(), { id }))).toBe("sync.runFinished");
  });
});
