import type { Actor } from "@maru/db/context";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import type { RoleChangeView } from "./contract";
import { keepAdministrator } from "./service";
import { expireRoleChanges } from "./service/role-changes";
import { syncBuiltInRoles } from "./service/roles";
import { type RightsPeople, rightsPeople } from "./testing/rights-people";

let test: TestMaru;
let people: RightsPeople;
let highest: string;
let now = new Date();

beforeAll(async () => {
  test = await createTestMaru({ clock: () => now });
  await syncBuiltInRoles(test.maru.database);
  people = rightsPeople(test);
  highest = await people.idOf("system-admin");
});
afterAll(() => test.stop());
beforeEach(async () => {
  now = new Date();
  await people.forgetAdministrators();
});

const as = (actor: Actor | null) => test.as(actor).identity;
const assign = (actor: Actor, person: Actor, roleId: string, departmentId: string | null = null) =>
  as(actor).assignRole({ personId: person.id, roleId, departmentId });
const unassign = async (actor: Actor, person: Actor, roleId: string) =>
  as(actor).unassignRole({ id: await people.assignmentOf(person, roleId) });
const decide = async (actor: Actor, change: RoleChangeView | undefined, decision: "APPROVE" | "REFUSE") =>
  as(actor).decideRoleChange({ id: change?.id ?? "", decision });
const pending = (actor: Actor) => as(actor).listRoleChanges({});
const done = { outcome: "done", isAlone: false };
const asked = { outcome: "pending", isAlone: false };

describe("an ordinary role", () => {
  it("is given by one administrator, once, and taken again; the record tells both", async () => {
    const admin = await people.createAdministrator();
    const roleId = await people.createRole(["board.read"]);
    const person = await people.createPerson();
    expect(await assign(admin, person, roleId)).toEqual(done);
    expect(await assign(admin, person, roleId)).toEqual(done);
    expect([...(await people.actorOf(person.id)).permissions]).toEqual(["board.read"]);
    const [holder] = (await as(admin).listRoleHolders({ roleId })).items;
    expect(holder).toMatchObject({ person: { id: person.id }, department: null, assignedBy: { id: admin.id }, can: { take: true } });
    expect(await unassign(admin, person, roleId)).toEqual(done);
    expect((await people.actorOf(person.id)).permissions.size).toBe(0);
    const entries = await test.db.auditEntry.findMany({ where: { subjectId: person.accountId as string }, orderBy: { at: "asc" } });
    const what = expect.objectContaining({ departmentId: null, role: `role-${roleId}` });
    expect(entries.map(({ action, details }) => [action, details])).toEqual([
      ["identity.account.assign-role", { before: null, after: what }],
      ["identity.account.unassign-role", { before: what, after: null }],
    ]);
  });

  it("given for a department counts there and below, and nowhere else", async () => {
    const admin = await people.createAdministrator();
    const keeper = await people.createRole(["board.moderate"]);
    const above = await people.createRole(["board.post"], [keeper]);
    const person = await people.createPerson();
    const { development, team } = test.departments;
    expect(await assign(admin, person, above, development)).toEqual(done);
    const actor = await people.actorOf(person.id);
    expect([...actor.permissions]).toEqual([]);
    expect([...actor.managedDepartmentIds].sort()).toEqual([development, team].sort());
    expect(await refusal(assign(admin, person, above, newId()))).toBe("directory.departmentNotFound");
  });

  it("is nothing to give for whoever may not, and never more than one holds", async () => {
    const roleId = await people.createRole(["board.moderate"]);
    const manager = await people.createPerson([await people.createRole(["identity.manage-roles", "board.read"])]);
    const person = await people.createPerson([roleId]);
    for (const actor of [test.actors.member, test.actors.guest, test.actors.departmentAdmin]) {
      expect(await refusal(assign(actor, actor, roleId))).toBe("common.forbidden");
      expect(await refusal(unassign(actor, person, roleId))).toBe("common.forbidden");
    }
    expect(await refusal(assign(manager, manager, roleId))).toBe("identity.rightsExceeded");
    expect(await refusal(assign(manager, manager, highest))).toBe("identity.rightsExceeded");
    expect(await refusal(unassign(manager, person, roleId))).toBe("identity.rightsExceeded");
    // The right to give rights for one department is none.
    const local = await people.createPerson();
    await people.give(local, highest, test.departments.sales);
    const pretender = { ...local, permissions: new Set(["identity.manage-roles"]) };
    expect(await refusal(assign(pretender, local, roleId))).toBe("common.forbidden");
  });

  it("is given to an account, of what is there", async () => {
    const admin = await people.createAdministrator();
    const nobody = { ...admin, id: newId() };
    expect(await refusal(assign(admin, nobody, highest))).toBe("identity.personWithoutAccount");
    expect(await refusal(assign(admin, admin, newId()))).toBe("identity.roleNotFound");
    expect(await refusal(as(admin).unassignRole({ id: newId() }))).toBe("identity.assignmentNotFound");
    expect(await refusal(as(admin).listRoleHolders({ roleId: newId() }))).toBe("identity.roleNotFound");
    expect(await refusal(as(admin).assignRole({ personId: "x", roleId: highest }))).toBe("common.invalidInput");
  });
});

describe("the highest role", () => {
  it("is given alone only where there is no second administrator, and the record says so", async () => {
    const first = await people.createAdministrator();
    const second = await people.createPerson();
    expect(await assign(first, second, highest)).toEqual({ outcome: "done", isAlone: true });
    const entry = await test.db.auditEntry.findFirstOrThrow({ where: { subjectId: second.accountId as string } });
    expect(entry).toMatchObject({ action: "identity.account.assign-role", details: { isAlone: true } });
    // From now on there are two, and the third takes both.
    const third = await people.createPerson();
    expect(await assign(first, third, highest)).toEqual(asked);
    expect(await people.holds(third, highest)).toBe(false);
  });

  it("takes a second administrator who agrees; nobody else can", async () => {
    const [first, second] = [await people.createAdministrator(), await people.createAdministrator()];
    const manager = await people.createPerson([await people.createRole(["identity.manage-roles", "identity.read-rights"])]);
    const person = await people.createPerson();
    expect(await assign(first, person, highest)).toEqual(asked);
    expect(await refusal(assign(second, person, highest))).toBe("identity.roleChangePending");
    const [change] = await pending(first);
    expect(change).toMatchObject({
      kind: "GRANT",
      person: { id: person.id },
      requestedBy: { id: first.id },
      can: { approve: false, refuse: true },
    });
    expect((await pending(second))[0]?.can).toEqual({ approve: true, refuse: true });
    expect((await pending(manager))[0]?.can).toEqual({ approve: false, refuse: false });
    for (const actor of [first, manager]) {
      expect(await refusal(decide(actor, change, "APPROVE"))).toBe("identity.secondAdministratorNeeded");
    }
    expect(await refusal(decide(test.actors.member, change, "APPROVE"))).toBe("common.forbidden");
    expect(await decide(second, change, "APPROVE")).toEqual({ outcome: "approved" });
    expect((await people.actorOf(person.id)).permissions.has("identity.manage-roles")).toBe(true);
    expect(await refusal(decide(second, change, "APPROVE"))).toBe("identity.roleChangeNotFound");
    const actions = await test.db.auditEntry.findMany({ where: { subjectId: change?.id ?? "" }, orderBy: { at: "asc" } });
    expect(actions.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["identity.role-change.request", first.id],
      ["identity.role-change.approve", second.id],
    ]);
  });

  it("is refused by the second, or taken back by the first, and can be asked for again", async () => {
    const [first, second] = [await people.createAdministrator(), await people.createAdministrator()];
    const person = await people.createPerson();
    for (const decider of [second, first]) {
      expect(await assign(first, person, highest)).toEqual(asked);
      const [change] = await pending(first);
      expect(await decide(decider, change, "REFUSE")).toEqual({ outcome: "refused" });
      expect(await pending(first)).toEqual([]);
    }
    expect(await people.holds(person, highest)).toBe(false);
  });

  it("is not agreed to after seven days", async () => {
    const [first, second] = [await people.createAdministrator(), await people.createAdministrator()];
    const person = await people.createPerson();
    await assign(first, person, highest);
    const [change] = await pending(second);
    now = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000 + 1_000);
    expect(await pending(second)).toEqual([]);
    expect(await decide(second, change, "APPROVE")).toEqual({ outcome: "void" });
    expect(await people.holds(person, highest)).toBe(false);
    expect(await assign(first, person, highest)).toEqual(asked);
    now = new Date(now.getTime() + 8 * 24 * 60 * 60 * 1000);
    // What nobody decided does not stand in the way of asking again.
    expect(await assign(second, person, highest)).toEqual(asked);
  });

  it("is closed by the schedule when nobody has decided it in time, once, and the record says so", async () => {
    const [first] = [await people.createAdministrator(), await people.createAdministrator()];
    await assign(first, await people.createPerson(), highest);
    const [change] = await pending(first);
    const expire = () => expireRoleChanges(test.contextFor(first, { kind: "work", workId: newId() }));
    await expire();
    expect(await pending(first)).toHaveLength(1);
    now = new Date(now.getTime() + 8 * 24 * 60 * 60 * 1000);
    await expire();
    await expire();
    const told = await test.db.auditEntry.findMany({ where: { subjectId: change?.id ?? "", action: "identity.role-change.expire" } });
    expect(told).toHaveLength(1);
    expect(await test.db.roleChange.findUnique({ where: { id: change?.id ?? "" } })).toMatchObject({ state: "EXPIRED" });
  });

  it("is void when who asked has lost the right to ask", async () => {
    const [first, second] = [await people.createAdministrator(), await people.createAdministrator()];
    const person = await people.createPerson();
    await assign(first, person, highest);
    const [change] = await pending(second);
    await test.db.roleAssignment.deleteMany({ where: { accountId: first.accountId as string } });
    expect(await decide(second, change, "APPROVE")).toEqual({ outcome: "void" });
    expect(await people.holds(person, highest)).toBe(false);
  });

  it("can't be agreed to by who gets it, also when that one is an administrator by now", async () => {
    const [first, second] = [await people.createAdministrator(), await people.createAdministrator()];
    const guarded = await people.createRole(["identity.manage-roles"]);
    expect(await assign(first, second, guarded)).toEqual({ outcome: "done", isAlone: true });
    const third = await people.createAdministrator();
    const other = await people.createRole(["identity.manage-roles"]);
    expect(await assign(first, second, other)).toEqual(asked);
    const [change] = await pending(first);
    expect(await refusal(decide(second, change, "APPROVE"))).toBe("identity.secondAdministratorNeeded");
    expect(await decide(third, change, "APPROVE")).toEqual({ outcome: "approved" });
  });

  it("ends the sessions of who gets or loses it, and of nobody else", async () => {
    const [first, second] = [await people.createAdministrator(), await people.createAdministrator()];
    const person = await people.createPerson();
    const open = (actor: Actor) =>
      test.db.session.create({
        data: { id: newId(), accountId: actor.accountId as string, kind: "WEB", expiresAt: new Date(Date.now() + 3_600_000) },
      });
    const [before, others] = [await open(person), await open(second)];
    await assign(first, person, highest);
    const session = (id: string) => test.db.session.findUniqueOrThrow({ where: { id } });
    expect((await session(before.id)).endedAt).toBeNull();
    await decide(second, (await pending(second))[0], "APPROVE");
    expect(await session(before.id)).toMatchObject({ endReason: "rights-changed", version: 2 });
    expect((await session(others.id)).endedAt).toBeNull();
    // An ordinary role leaves them open: rights do not stand in a token, and the doors ask for them anew.
    const again = await open(person);
    await assign(first, person, await people.createRole(["board.read"]));
    expect((await session(again.id)).endedAt).toBeNull();
  });
});

describe("the last administrator", () => {
  it("keeps the role, and the account", async () => {
    const admin = await people.createAdministrator();
    expect(await refusal(unassign(admin, admin, highest))).toBe("identity.lastAdministrator");
    const keep = (actor: Actor) => test.contextFor(admin).tx((tx) => keepAdministrator(tx, actor.accountId as string));
    expect(await refusal(keep(admin))).toBe("identity.lastAdministrator");
    expect(await refusal(keep(test.actors.member))).toBe("done");
    const second = await people.createAdministrator();
    expect(await refusal(keep(admin))).toBe("done");
    // Who can't sign in repairs nothing.
    await test.db.account.update({ where: { id: second.accountId as string }, data: { state: "DISABLED" } });
    expect(await refusal(keep(admin))).toBe("identity.lastAdministrator");
    expect(await refusal(unassign(admin, admin, highest))).toBe("identity.lastAdministrator");
    expect(await unassign(admin, second, highest)).toEqual({ outcome: "done", isAlone: true });
  });

  it("is left when two take each other's role at once", async () => {
    for (let round = 0; round < 8; round += 1) {
      await people.forgetAdministrators();
      const [first, second] = [await people.createAdministrator(), await people.createAdministrator()];
      expect([await unassign(first, second, highest), await unassign(second, first, highest)]).toEqual([asked, asked]);
      const changes = await pending(first);
      const of = (person: Actor) => changes.find((change) => change.person.id === person.id);
      const endings = await Promise.all(
        [second, first].map((decider) =>
          decide(decider, of(decider), "APPROVE").then(
            ({ outcome }) => outcome,
            (error: unknown) => refusal(Promise.reject(error)),
          ),
        ),
      );
      // The other one comes too late: who asked for it, or who would agree to it, is no administrator any more.
      expect(endings.filter((ending) => ending === "approved")).toHaveLength(1);
      const left = [await people.holds(first, highest), await people.holds(second, highest)];
      expect(left.filter(Boolean)).toHaveLength(1);
    }
  });

  it("is left when two disable each other's account at once", async () => {
    for (let round = 0; round < 8; round += 1) {
      await people.forgetAdministrators();
      const both = [await people.createAdministrator(), await people.createAdministrator()] as const;
      const disable = (actor: Actor, other: Actor) =>
        refusal(
          test.contextFor(actor).tx(async (tx) => {
            const id = other.accountId as string;
            await keepAdministrator(tx, id);
            await tx.db.account.update({ where: { id }, data: { state: "DISABLED" } });
          }),
        );
      const endings = await Promise.all([disable(both[0], both[1]), disable(both[1], both[0])]);
      expect(endings.sort()).toEqual(["done", "identity.lastAdministrator"]);
    }
  });
});
