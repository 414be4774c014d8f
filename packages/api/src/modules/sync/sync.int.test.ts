import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestMaru, type TestMaru } from "../../testing/testing";
import { syncBuiltInRoles } from "../identity/service";
import type { Desired } from "./desired";
import { complete, desiredDepartment, desiredPerson } from "./testing/people";
import { createListSource, linesOf, reading, runSync } from "./testing/runs";

let test: TestMaru;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
});
afterAll(() => test.stop());

let tag = 0;
/** Ids that no other test of this file uses. */
const fresh = (...names: string[]): string[] => {
  tag += 1;
  return names.map((name) => `${name}${tag}`);
};
const personOf = async (sourceId: string, externalId: string) => {
  const { personId } = await test.db.syncLink.findUniqueOrThrow({
    where: { sourceId_target_externalId: { sourceId, target: "PERSON", externalId } },
  });
  const include = { affiliations: { where: { endsOn: null }, include: { department: true } } };
  const person = await test.db.person.findUniqueOrThrow({ where: { id: personId ?? "" }, include });
  const account = await test.db.account.findUnique({
    where: { personId: person.id },
    include: { assignments: { include: { role: true } } },
  });
  return { ...person, account };
};
const sync = (sourceId: string, desired: Desired, options?: Parameters<typeof runSync>[3]) =>
  runSync(test, sourceId, reading(desired), options);

/** Ten people who are always there, so that one who goes is not a tenth of all. */
const crowd = (name: string) => Array.from({ length: 40 }, (_, at) => desiredPerson(`${name}-c${at}`));

describe("a run", () => {
  it("takes in departments, people with their places and accounts, and who leads whom", async () => {
    const [a = "", b = "", top = "", team = ""] = fresh("a", "b", "top", "team");
    const sourceId = await createListSource(test);
    const desired = complete(
      [
        desiredPerson(a, { managerDn: `cn=${b}`, fields: { department: team, mobile: "010-1234-5678" } }),
        desiredPerson(b, { managerDn: null, fields: { department: top } }),
      ],
      { departments: [desiredDepartment(team, { parentExternalId: top }), desiredDepartment(top)] },
    );
    const run = await sync(sourceId, desired);
    expect(run).toMatchObject({
      state: "DONE",
      counts: { "DEPARTMENT.CREATE": 2, "PERSON.CREATE": 2, "MANAGER.UPDATE": 1 },
      done: 5,
      total: 5,
    });
    expect(await linesOf(test, run.id)).toEqual([
      `DEPARTMENT CREATE ${top} APPLIED`,
      `DEPARTMENT CREATE ${team} APPLIED`,
      `CREATE ${a} APPLIED`,
      `CREATE ${b} APPLIED`,
      `MANAGER UPDATE ${a} APPLIED`,
    ]);
    const [hers, leader] = [await personOf(sourceId, a), await personOf(sourceId, b)];
    expect(hers).toMatchObject({ name: `이름 ${a}`, mobile: "010-1234-5678", managerId: leader.id, state: "ACTIVE" });
    expect(hers.affiliations).toMatchObject([{ isPrimary: true, department: { name: `부서 ${team}` } }]);
    expect(hers.affiliations[0]?.department.path).toContain(leader.affiliations[0]?.departmentId);
    expect(hers.account).toMatchObject({ username: a, sourceId, passwordHash: null, state: "ACTIVE" });
    expect(run.phases.map(({ name, count }) => [name, count])).toEqual([
      ["reading", 2],
      ["planning", 5],
      ["applying", 4],
      ["linking", 1],
    ]);

    // The second time there is nothing to do, and nothing is written.
    const entries = await test.db.auditEntry.count({ where: { action: { startsWith: "directory." } } });
    const second = await sync(sourceId, desired);
    expect(second).toMatchObject({ state: "DONE", counts: {}, total: 0 });
    expect(await linesOf(test, second.id)).toEqual([]);
    expect(await test.db.auditEntry.count({ where: { action: { startsWith: "directory." } } })).toBe(entries);
  });

  it("shows in a dry run what the run does, and writes nothing", async () => {
    const people = crowd(fresh("dry")[0] ?? "");
    const sourceId = await createListSource(test);
    const before = await test.db.person.count();
    const dry = await sync(sourceId, complete(people), { isDryRun: true });
    expect(dry).toMatchObject({ state: "DONE", isDryRun: true });
    expect([await test.db.person.count(), await test.db.syncLink.count({ where: { sourceId } })]).toEqual([before, 0]);
    const run = await sync(sourceId, complete(people));
    expect(run.counts).toEqual(dry.counts);
    const told = async (id: string) => (await linesOf(test, id)).map((line) => line.replace(/ (?:PLANNED|APPLIED)$/u, ""));
    expect(await told(run.id)).toEqual(await told(dry.id));
    expect(await test.db.person.count()).toBe(before + people.length);
  });

  it("keeps who she is when somebody is renamed, and swaps user names and addresses", async () => {
    const [a = "", b = "", c = ""] = fresh("a", "b", "c");
    const others = crowd(c);
    const sourceId = await createListSource(test);
    await sync(sourceId, complete([desiredPerson(a), desiredPerson(b), ...others]));
    const before = [await personOf(sourceId, a), await personOf(sourceId, b)];
    const swapped = [
      desiredPerson(a, { fields: { username: b, name: "새 이름", email: `${b}@maru.example` } }),
      desiredPerson(b, { fields: { username: a, email: `${a}@maru.example` } }),
    ];
    const run = await sync(sourceId, complete([...swapped, ...others]));
    expect(await linesOf(test, run.id)).toEqual([`UPDATE ${a} APPLIED`, `UPDATE ${b} APPLIED`]);
    const after = [await personOf(sourceId, a), await personOf(sourceId, b)];
    expect(after.map(({ id, name, email, account }) => [id, name, email, account?.username])).toEqual([
      [before[0]?.id, "새 이름", `${b}@maru.example`, b],
      [before[1]?.id, before[1]?.name, `${a}@maru.example`, a],
    ]);
  });

  it("renames and moves a department by its own id, without touching who is in it", async () => {
    const [a = "", top = "", team = ""] = fresh("a", "top", "team");
    const sourceId = await createListSource(test);
    const people = [desiredPerson(a, { fields: { department: team } })];
    const departments = [desiredDepartment(top), desiredDepartment(team, { parentExternalId: top })];
    await sync(sourceId, complete(people, { departments }));
    const before = await personOf(sourceId, a);
    const moved = [desiredDepartment(top), desiredDepartment(team, { name: "새 팀", dn: "ou=새 팀" })];
    const run = await sync(sourceId, complete(people, { departments: moved }));
    expect(await linesOf(test, run.id)).toEqual([`DEPARTMENT UPDATE ${team} APPLIED`]);
    const after = await personOf(sourceId, a);
    expect(after.affiliations[0]?.department).toMatchObject({ id: before.affiliations[0]?.departmentId, name: "새 팀", parentId: null });
  });

  it("sends away who is disabled, at once with account and sessions, and takes her in again; who was blocked by hand stays blocked", async () => {
    const [a = "", b = "", c = ""] = fresh("a", "b", "c");
    const others = crowd(c);
    const sourceId = await createListSource(test);
    await sync(sourceId, complete([desiredPerson(a), desiredPerson(b), ...others]));
    const [first, blocked] = [await personOf(sourceId, a), await personOf(sourceId, b)];
    await test.db.account.update({ where: { personId: blocked.id }, data: { state: "DISABLED" } });
    const disabled = [desiredPerson(a, { isDisabled: true }), desiredPerson(b, { isDisabled: true })];
    expect(await linesOf(test, (await sync(sourceId, complete([...disabled, ...others]))).id)).toEqual([
      `DEACTIVATE ${a} APPLIED`,
      `DEACTIVATE ${b} APPLIED`,
    ]);
    expect(await personOf(sourceId, a)).toMatchObject({ state: "RESIGNED", account: { state: "DISABLED" } });
    expect(
      await test.db.outbox.count({ where: { name: "directory.person-deactivated", payload: { path: ["personId"], equals: first.id } } }),
    ).toBe(1);
    await sync(sourceId, complete([desiredPerson(a), desiredPerson(b), ...others]));
    expect(await personOf(sourceId, a)).toMatchObject({ state: "ACTIVE", id: first.id, account: { state: "ACTIVE" } });
    expect(await personOf(sourceId, b)).toMatchObject({ state: "ACTIVE", account: { state: "DISABLED" } });
  });

  it("marks who is missing, and sends her away at the second complete reading", async () => {
    const [a = "", c = ""] = fresh("a", "c");
    const others = crowd(c);
    const sourceId = await createListSource(test);
    await sync(sourceId, complete([desiredPerson(a), ...others]));
    const without = complete(others);
    expect(await linesOf(test, (await sync(sourceId, without)).id)).toEqual([`MARK_MISSING ${a} APPLIED`]);
    expect(await personOf(sourceId, a)).toMatchObject({ state: "ACTIVE" });
    // A reading of changes alone says nothing of who is not in it.
    expect(await linesOf(test, (await sync(sourceId, { ...without, presentIds: null })).id)).toEqual([]);
    expect(await linesOf(test, (await sync(sourceId, without)).id)).toEqual([`DEACTIVATE ${a} APPLIED`]);
    expect(await personOf(sourceId, a)).toMatchObject({ state: "RESIGNED" });
    const back = await sync(sourceId, complete([desiredPerson(a), ...others]));
    expect(await linesOf(test, back.id)).toEqual([`REACTIVATE ${a} APPLIED`, `FOUND ${a} APPLIED`]);
    expect(await personOf(sourceId, a)).toMatchObject({ state: "ACTIVE", account: { state: "ACTIVE" } });
  });

  it("gives a new person the address and the user name of somebody deleted, and another id", async () => {
    const [a = "", b = "", c = ""] = fresh("a", "b", "c");
    const others = crowd(c);
    const sourceId = await createListSource(test);
    await sync(sourceId, complete([desiredPerson(a), ...others]));
    const before = await personOf(sourceId, a);
    const again = desiredPerson(b, { fields: { username: a, email: `${a}@maru.example` } });
    const run = await sync(sourceId, complete([again, ...others]));
    expect(await linesOf(test, run.id)).toEqual([`DEACTIVATE ${a} APPLIED`, `UPDATE ${a} APPLIED`, `CREATE ${b} APPLIED`]);
    const [old, next] = [await personOf(sourceId, a), await personOf(sourceId, b)];
    expect(old).toMatchObject({ id: before.id, state: "RESIGNED", email: null });
    expect(next).toMatchObject({ email: `${a}@maru.example`, account: { username: a, state: "ACTIVE" } });
    expect(next.id).not.toBe(before.id);
  });

  it("never links by an address or a name: that is for an administrator to decide", async () => {
    const [a = ""] = fresh("a");
    const local = await test.db.person.update({ where: { id: test.actors.member.id }, data: { email: `${a}@maru.example` } });
    const sourceId = await createListSource(test);
    const run = await sync(sourceId, complete([desiredPerson(a)]));
    expect(run).toMatchObject({ state: "DONE", counts: { CONFLICT: 1 } });
    expect(await linesOf(test, run.id)).toEqual([`CREATE ${a} CONFLICT emailTaken`]);
    expect(await test.db.syncLink.count({ where: { sourceId } })).toBe(0);
    expect(await test.db.person.findUniqueOrThrow({ where: { id: local.id } })).toEqual(local);
  });

  it("gives the roles of groups, takes them again, and leaves what was given by hand", async () => {
    const [a = "", c = ""] = fresh("a", "c");
    const others = crowd(c);
    const sourceId = await createListSource(test);
    const { id: guest } = await test.db.role.findUniqueOrThrow({ where: { key: "guest" } });
    const { id: highest } = await test.db.role.findUniqueOrThrow({ where: { key: "system-admin" } });
    const people = [desiredPerson(a), ...others];
    const everybody = new Map(others.map(({ externalId }) => [externalId, [guest]]));
    const roles = (hers: string[]) => new Map([...everybody, [a, hers] as const]);
    const run = await sync(sourceId, complete(people, { roles: roles([guest, highest]) }));
    expect((await linesOf(test, run.id)).filter((line) => line.startsWith("ROLE") && line.includes(` ${a} `)).sort()).toEqual([
      `ROLE GRANT ${a} APPLIED`,
      `ROLE GRANT ${a} FAILED identity.roleTakesTwo`,
    ]);
    const rolesOf = async () => (await personOf(sourceId, a)).account?.assignments.map(({ role, sourceId: by }) => [role.key, by]).sort();
    expect(await rolesOf()).toEqual([
      ["guest", sourceId],
      ["member", null],
    ]);
    const taken = await sync(sourceId, complete(people, { roles: roles([]) }));
    expect(await linesOf(test, taken.id)).toEqual([`ROLE REVOKE ${a} APPLIED`]);
    expect(await rolesOf()).toEqual([["member", null]]);
  });
});
