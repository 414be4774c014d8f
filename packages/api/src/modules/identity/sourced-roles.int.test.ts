import { createPerson } from "@maru/db/testing/factories/person";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { somebody, tracesOf, writerOf } from "../../testing/roster";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { savePeople } from "../directory/service";
import { type SourcedRolesRow, saveDirectoryAccounts, setSourcedRoles, syncBuiltInRoles } from "./service";
import { type RightsPeople, rightsPeople } from "./testing/rights-people";

let test: TestMaru;
let people: RightsPeople;
beforeAll(async () => {
  test = await createTestMaru({ poolSize: 8 });
  await syncBuiltInRoles(test.maru.database);
  people = rightsPeople(test);
});
afterAll(() => test.stop());
beforeEach(() => people.forgetAdministrators());

const [source, other] = [newId(), newId()];
const set = (rows: readonly SourcedRolesRow[], sourceId = source) => writerOf(test)((tx) => setSourcedRoles(tx, sourceId, rows));
const everywhere = (roleId: string) => ({ roleId, departmentId: null });
const may = async (personId: string) => [...(await people.actorOf(personId)).permissions].toSorted();

describe("setSourcedRoles", () => {
  it("gives what follows from the groups, takes what does not any more, and writes nothing twice", async () => {
    const [reader, writer] = [await people.createRole(["board.read"]), await people.createRole(["board.post"])];
    const { id: personId, accountId } = await people.createPerson();
    const both = { personId, roles: [everywhere(reader), everywhere(writer)] };
    expect((await set([both])).given).toHaveLength(2);
    expect(await may(personId)).toEqual(["board.post", "board.read"]);
    expect(await set([both])).toEqual({ given: [], taken: [], refused: [] });
    const taken = [{ personId, ...everywhere(reader) }];
    expect(await set([{ personId, roles: [everywhere(writer)] }])).toEqual({ given: [], taken, refused: [] });
    expect(await may(personId)).toEqual(["board.post"]);
    const actions = (await tracesOf(test, [accountId as string])).actions;
    expect(actions.toSorted()).toEqual(["identity.account.assign-role", "identity.account.assign-role", "identity.account.unassign-role"]);
  });

  it("leaves alone what was given by hand, and what another source gave", async () => {
    const role = await people.createRole(["board.read"]);
    const actor = await people.createPerson([role]);
    const row = { personId: actor.id, roles: [everywhere(role)] };
    await set([row]);
    await set([row], other);
    expect(await test.db.roleAssignment.count({ where: { accountId: actor.accountId as string, roleId: role } })).toBe(3);
    await set([{ personId: actor.id, roles: [] }]);
    expect(await may(actor.id)).toEqual(["board.read"]);
    const origins = await test.db.roleAssignment.findMany({ where: { accountId: actor.accountId as string, roleId: role } });
    expect(origins.map(({ sourceId }) => sourceId).toSorted()).toEqual([other, null].toSorted());
    await set([{ personId: actor.id, roles: [] }], other);
    expect(await may(actor.id)).toEqual(["board.read"]);
  });

  it("gives a role for one department, and refuses one that is nowhere", async () => {
    const role = await people.createRole(["board.moderate"]);
    const { id: personId } = await people.createPerson();
    const nowhere = newId();
    const { team } = test.departments;
    const saved = await set([
      {
        personId,
        roles: [
          { roleId: role, departmentId: team },
          { roleId: role, departmentId: nowhere },
        ],
      },
    ]);
    expect(saved.given).toEqual([{ personId, roleId: role, departmentId: team }]);
    expect(saved.refused).toEqual([{ personId, roleId: role, reason: "directory.departmentNotFound" }]);
    expect((await people.actorOf(personId)).managedDepartmentIds).toEqual([team]);
  });

  it("makes and unmakes no administrator, and refuses what is not there, row by row", async () => {
    const role = await people.createRole(["board.read"]);
    const rights = await people.createRole(["identity.manage-roles"]);
    const { id: personId } = await people.createPerson();
    const { id: withoutAccount } = await createPerson(test.db);
    const unknown = newId();
    const admin = await people.idOf("system-admin");
    const saved = await set([
      { personId, roles: [everywhere(admin), everywhere(rights), everywhere(unknown), everywhere(role)] },
      { personId: withoutAccount, roles: [everywhere(role)] },
    ]);
    expect(saved.given).toEqual([{ personId, ...everywhere(role) }]);
    expect(saved.refused.toSorted((a, b) => a.reason.localeCompare(b.reason))).toEqual([
      { personId: withoutAccount, roleId: role, reason: "identity.personWithoutAccount" },
      { personId, roleId: unknown, reason: "identity.roleNotFound" },
      { personId, roleId: admin, reason: "identity.roleTakesTwo" },
      { personId, roleId: rights, reason: "identity.roleTakesTwo" },
    ]);
    // One that a source gave while it gave less, and that gives rights now, is taken by two people and by no group.
    await test.db.rolePermission.create({ data: { roleId: role, permission: "identity.manage-roles" } });
    expect((await set([{ personId, roles: [] }])).refused).toEqual([{ personId, roleId: role, reason: "identity.roleTakesTwo" }]);
    expect(await test.db.roleAssignment.count({ where: { sourceId: source, account: { personId } } })).toBe(1);
  });

  it("leaves the last administrator what she is, whatever her groups say", async () => {
    const administrator = await people.createAdministrator();
    await set([{ personId: administrator.id, roles: [] }]);
    expect((await people.actorOf(administrator.id)).permissions.has("identity.manage-roles")).toBe(true);
  });

  it("is taken by hand nowhere but in the directory, and may be given by hand beside it", async () => {
    const [administrator, role] = [await people.createAdministrator(), await people.createRole(["board.read"])];
    const actor = await people.createPerson();
    await set([{ personId: actor.id, roles: [everywhere(role)] }]);
    const id = await people.assignmentOf(actor, role);
    const identity = test.as(administrator).identity;
    expect(await refusal(identity.unassignRole({ id }))).toBe("identity.assignmentSourced");
    const holders = await identity.listRoleHolders({ roleId: role, limit: 10 });
    expect(holders.items.map(({ can, isSourced }) => [can.take, isSourced])).toEqual([[false, true]]);
    expect(await identity.assignRole({ personId: actor.id, roleId: role, departmentId: null })).toEqual({
      outcome: "done",
      isAlone: false,
    });
    await set([{ personId: actor.id, roles: [] }]);
    expect(await may(actor.id)).toEqual(["board.read"]);
  });

  it("is whole when two runs set the same people at once", async () => {
    const [a, b] = [await people.createRole(["board.read"]), await people.createRole(["board.post"])];
    const { id: personId } = await people.createPerson();
    await Promise.all([set([{ personId, roles: [everywhere(a)] }]), set([{ personId, roles: [everywhere(b)] }])]);
    expect(await test.db.roleAssignment.count({ where: { sourceId: source, account: { personId } } })).toBe(1);
  });

  it("sets a thousand people at once", async () => {
    const role = await people.createRole(["board.read"]);
    const rows = Array.from({ length: 1000 }, () => somebody());
    const personIds = rows.map(({ id }) => id);
    await writerOf(test)(async (tx) => {
      await savePeople(tx, rows);
      await saveDirectoryAccounts(
        tx,
        source,
        personIds.map((personId) => ({ personId, username: `role-${personId}` })),
      );
    });
    expect((await set(personIds.map((personId) => ({ personId, roles: [everywhere(role)] })))).given).toHaveLength(1000);
    expect((await set(personIds.map((personId) => ({ personId, roles: [] })))).taken).toHaveLength(1000);
  });
});
