import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createActor, createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { syncBuiltInRoles } from "../identity/service";
import { complete, desiredPerson } from "./testing/people";
import { createListSource, linesOf, reading, runSync } from "./testing/runs";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());

const admin = () => test.as(test.actors.admin).sync;

let tag = 0;
/** An entry that has the address of somebody of Maru, with what a run makes of it. */
const conflict = async (changes: { readonly sourceId?: string; readonly personId?: string } = {}) => {
  tag += 1;
  const externalId = `claim${tag}`;
  const sourceId = changes.sourceId ?? (await createListSource(test));
  const personId =
    changes.personId ?? (await createPerson(test.db, { name: `이름 ${externalId}`, email: `${externalId}@maru.example` })).id;
  const people = [desiredPerson(externalId, { fields: { mobile: "010-1111-2222" } }), desiredPerson(`other${tag}`)];
  const read = reading(complete(people));
  const run = await runSync(test, sourceId, read);
  const { items } = await admin().listItems({ runId: run.id, status: "CONFLICT" });
  const [item] = items;
  if (!item) throw new Error(`no conflict: ${await linesOf(test, run.id)}`);
  return { externalId, sourceId, personId, read, run, item, input: { runId: run.id, seq: item.seq, personId } };
};
const accountOf = async (personId: string, username: string) =>
  test.db.account.create({ data: { id: newId(), personId, username, passwordHash: "a hash of Maru", createdAt: new Date() } });

describe("the conflict of an entry with somebody of Maru", () => {
  it("names who she is, and linking them lets the directory rule from the next run on", async () => {
    const { externalId, sourceId, personId, read, run, item, input } = await conflict();
    const account = await accountOf(personId, `local${tag}`);
    expect(item).toMatchObject({ error: "emailTaken", claimants: [{ personId, name: `이름 ${externalId}`, by: ["email"] }] });
    await test.db.syncSource.update({ where: { id: sourceId }, data: { usn: "7", modifyTimestamp: "20261121000000Z" } });
    expect(await admin().linkPerson(input)).toEqual({ done: true });
    expect(await test.db.syncLink.findUnique({ where: { personId } })).toMatchObject({ sourceId, externalId, target: "PERSON" });
    expect(await test.db.account.findUniqueOrThrow({ where: { id: account.id } })).toMatchObject({ sourceId, passwordHash: null });
    const { items } = await admin().listItems({ runId: run.id });
    expect(items.find(({ seq }) => seq === item.seq)).toMatchObject({ status: "SKIPPED", error: "linkedByHand", personId, claimants: [] });
    expect((await admin().getRun({ id: run.id })).counts).toEqual({ "PERSON.CREATE": 1, SKIPPED: 1 });
    const actions = (await test.db.auditEntry.findMany({ where: { subjectId: { in: [personId, account.id] } } })).map((one) => one.action);
    expect(actions.sort()).toEqual(["identity.account.hand-over", "sync.person.link"]);

    // Twice is once.
    expect(await admin().linkPerson(input)).toEqual({ done: true });
    expect(await test.db.auditEntry.count({ where: { action: "sync.person.link", subjectId: personId } })).toBe(1);

    // What is asked for is a reading of changes; somebody was linked, so it becomes one of everything.
    const next = await runSync(test, sourceId, read, { isFull: false });
    expect(next).toMatchObject({ isFull: true, state: "DONE" });
    expect(await linesOf(test, next.id)).toEqual([`UPDATE ${externalId} APPLIED`]);
    expect(await test.db.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({
      name: `이름 ${externalId}`,
      mobile: "010-1111-2222",
    });
    expect((await test.db.account.findUniqueOrThrow({ where: { id: account.id } })).username).toBe(externalId);
    expect(await linesOf(test, (await runSync(test, sourceId, read)).id)).toEqual([]);
  });

  it("gives somebody without an account hers with the next run", async () => {
    const { externalId, sourceId, personId, read, input } = await conflict();
    await admin().linkPerson(input);
    await runSync(test, sourceId, read);
    expect(await test.db.account.findUniqueOrThrow({ where: { personId } })).toMatchObject({ username: externalId, sourceId });
  });

  it("is settled by those who manage directories alone", async () => {
    const { input } = await conflict();
    for (const actor of [test.actors.member, test.actors.departmentAdmin])
      expect(await refusal(test.as(actor).sync.linkPerson(input))).toBe("common.forbidden");
    expect(await refusal(test.as(null).sync.linkPerson(input))).toBe("common.signInRequired");
    expect(await refusal(admin().linkPerson({ ...input, seq: -1 }))).toBe("common.invalidInput");
    expect(await test.db.syncLink.count({ where: { personId: input.personId } })).toBe(0);
  });

  it("is settled with nobody else, and nothing but such a conflict is", async () => {
    const { item, input, run } = await conflict();
    const stranger = await createPerson(test.db);
    const left = await createPerson(test.db, { state: "RESIGNED" });
    for (const personId of [stranger.id, left.id, newId()])
      expect(await refusal(admin().linkPerson({ ...input, personId }))).toBe("sync.personNotClaimant");
    const { items } = await admin().listItems({ runId: run.id });
    const other = items.find(({ seq }) => seq !== item.seq);
    expect(await refusal(admin().linkPerson({ ...input, seq: other?.seq ?? 0 }))).toBe("sync.itemNotSettled");
    expect(await refusal(admin().linkPerson({ ...input, seq: 1_000 }))).toBe("sync.itemNotFound");
    expect(await refusal(admin().linkPerson({ ...input, runId: newId() }))).toBe("sync.runNotFound");
  });

  it("is not settled with somebody of whom a directory speaks already, by whichever run", async () => {
    const first = await conflict();
    const { personId, externalId } = first;
    const elsewhere = await createListSource(test);
    const again = await runSync(test, elsewhere, reading(complete([desiredPerson(externalId)])));
    const [item] = (await admin().listItems({ runId: again.id })).items;
    await admin().linkPerson(first.input);
    expect(await refusal(admin().linkPerson({ runId: again.id, seq: item?.seq ?? 0, personId }))).toBe("sync.personLinked");
    expect((await admin().listItems({ runId: again.id })).items).toMatchObject([{ status: "CONFLICT", claimants: [] }]);
  });

  it("is settled in the newest run of its source", async () => {
    const { sourceId, read, run, input } = await conflict();
    const newer = await runSync(test, sourceId, read, { isDryRun: true });
    expect((await admin().listItems({ runId: run.id, status: "CONFLICT" })).items).toMatchObject([{ claimants: [] }]);
    expect(await refusal(admin().linkPerson(input))).toBe("sync.runNotNewest");
    const [item] = (await admin().listItems({ runId: newer.id, status: "CONFLICT" })).items;
    expect(item?.claimants).toHaveLength(1);
    await test.db.syncRun.update({ where: { id: newer.id }, data: { state: "APPLYING" } });
    expect(await refusal(admin().linkPerson({ ...input, runId: newer.id, seq: item?.seq ?? 0 }))).toBe("sync.runUnderWay");
    expect(await test.db.syncLink.count({ where: { personId: input.personId } })).toBe(0);
  });

  it("never hands over an account with rights that take two administrators", async () => {
    const actor = await createActor(test.db, { name: "둘째 관리자", permissions: [] });
    await test.db.person.update({ where: { id: actor.id }, data: { email: `claim${tag + 1}@maru.example` } });
    const { id: roleId } = await test.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
    await test.db.roleAssignment.create({ data: { id: newId(), accountId: actor.accountId ?? "", roleId, assignedAt: new Date() } });
    const before = await test.db.account.findUniqueOrThrow({ where: { personId: actor.id } });
    const { input } = await conflict({ personId: actor.id });
    expect(await refusal(admin().linkPerson(input))).toBe("sync.personProtected");
    expect(await test.db.account.findUniqueOrThrow({ where: { personId: actor.id } })).toEqual(before);
    expect(await test.db.syncLink.count({ where: { personId: actor.id } })).toBe(0);
  });
});
