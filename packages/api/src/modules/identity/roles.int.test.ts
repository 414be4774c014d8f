import type { Actor } from "@maru/db/context";
import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS, type Permission } from "../../permissions";
import { createTestMaru, findRefusal, refusal, type TestMaru } from "../../testing/testing";
import type { RoleView } from "./contract";
import { syncBuiltInRoles } from "./service/roles";
import { type RightsPeople, rightsPeople } from "./testing/rights-people";

let test: TestMaru;
let people: RightsPeople;
let admin: Actor;
/** May give rights and holds little else. */
let manager: Actor;
const MANAGER: readonly Permission[] = ["identity.read-rights", "identity.manage-roles", "board.read"];

beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
  people = rightsPeople(test);
  admin = await people.createAdministrator();
  manager = await people.createPerson([await people.createRole(MANAGER)]);
});
afterAll(() => test.stop());

const as = (actor: Actor | null) => test.as(actor).identity;
const named = (permissions: readonly string[], includedIds: readonly string[] = []) => {
  const name = `역할 ${newId()}`;
  return { name, nameEn: name, permissions: [...permissions], includedIds: [...includedIds] };
};
const create = (permissions: readonly string[], includedIds: readonly string[] = [], actor = admin) =>
  as(actor).createRole(named(permissions, includedIds));
const inputOf = ({ id, version, name, nameEn, permissions, includedIds }: RoleView) => ({
  ...{ id, version, name, nameEn, permissions, includedIds },
});

describe("the catalogue", () => {
  it("lists every permission with its module and where it can count", async () => {
    const listed = await as(manager).listPermissions({});
    expect(listed.map(({ key }) => key)).toEqual([...PERMISSIONS]);
    expect(listed.find(({ key }) => key === "board.moderate")).toEqual({ key: "board.moderate", module: "board", scope: "department" });
    expect(listed.filter(({ scope }) => scope === "department")).toHaveLength(1);
  });

  it("is for those who read rights", async () => {
    for (const actor of [test.actors.member, test.actors.guest, test.actors.departmentAdmin]) {
      expect(await refusal(as(actor).listPermissions({}))).toBe("common.forbidden");
      expect(await refusal(as(actor).listRoles({}))).toBe("common.forbidden");
      expect(await refusal(as(actor).previewRoleChange({ permissions: [], includedIds: [] }))).toBe("common.forbidden");
    }
    expect(await refusal(as(null).listRoles({}))).toBe("common.signInRequired");
  });
});

describe("a role", () => {
  it("is made, changed and deleted, each with a record of before and after", async () => {
    const made = await create(["board.read"]);
    expect(made).toMatchObject({ version: 1, isBuiltIn: false, isProtected: false, holderCount: 0, effective: ["board.read"] });
    expect(made.can).toEqual({ change: true, delete: true, assign: true });
    const changed = await as(admin).updateRole({ ...inputOf(made), permissions: ["board.post", "board.post"] });
    expect(changed).toMatchObject({ version: 2, permissions: ["board.post"], updatedBy: { id: admin.id } });
    expect(await as(admin).deleteRole({ id: made.id, version: 2 })).toEqual({ done: true });
    expect(await refusal(as(admin).deleteRole({ id: made.id, version: 2 }))).toBe("identity.roleNotFound");
    const entries = await test.db.auditEntry.findMany({ where: { subjectId: made.id }, orderBy: { at: "asc" } });
    const what = (permissions: string[]) => ({ name: made.name, nameEn: made.nameEn, permissions, includedIds: [] });
    expect(entries.map(({ action, details }) => [action, details])).toEqual([
      ["identity.role.create", { after: what(["board.read"]) }],
      ["identity.role.change", { before: what(["board.read"]), after: what(["board.post"]) }],
      ["identity.role.delete", { before: what(["board.post"]) }],
    ]);
  });

  it("holds what it includes, through others too", async () => {
    const reader = await create(["board.read"]);
    const writer = await create(["board.post"], [reader.id]);
    const lead = await create([], [writer.id]);
    expect(lead.effective).toEqual(["board.post", "board.read"]);
    const person = await people.createPerson([lead.id]);
    expect([...person.permissions].sort()).toEqual(["board.post", "board.read"]);
    await as(admin).updateRole({ ...inputOf(reader), permissions: ["board.comment"] });
    expect([...(await people.actorOf(person.id)).permissions].sort()).toEqual(["board.comment", "board.post"]);
  });

  it("includes nothing that includes it, however long the way", async () => {
    const first = await create([]);
    const second = await create([], [first.id]);
    const third = await create([], [second.id]);
    for (const id of [first.id, second.id, third.id]) {
      expect(await refusal(as(admin).updateRole({ ...inputOf(first), includedIds: [id] }))).toBe("identity.roleCircular");
      expect(await refusal(as(admin).previewRoleChange({ id: first.id, permissions: [], includedIds: [id] }))).toBe(
        "identity.roleCircular",
      );
    }
  });

  it("that two make into a circle at once is refused to one of them", async () => {
    const [first, second] = [await create([]), await create([])];
    const endings = await Promise.all([
      refusal(as(admin).updateRole({ ...inputOf(first), includedIds: [second.id] })),
      refusal(as(admin).updateRole({ ...inputOf(second), includedIds: [first.id] })),
    ]);
    expect(endings.sort()).toEqual(["done", "identity.roleCircular"]);
  });

  it("saved by somebody else meanwhile is a conflict that shows both", async () => {
    const made = await create(["board.read"]);
    const endings = await Promise.all(
      [["board.post"], ["board.comment"]].map((permissions) => findRefusal(as(admin).updateRole({ ...inputOf(made), permissions }))),
    );
    const [conflict] = endings.flatMap((ending) => ending ?? []);
    expect(endings.filter((ending) => ending === null)).toHaveLength(1);
    expect(conflict).toMatchObject({ kind: "conflict", code: "identity.roleChanged" });
    expect(conflict?.details.current).toMatchObject({ id: made.id, version: 2, updatedBy: { id: admin.id } });
    expect(await refusal(as(admin).deleteRole({ id: made.id, version: 1 }))).toBe("identity.roleChanged");
  });

  it("that somebody has, or that another includes, is not deleted", async () => {
    const [held, included] = [await create(["board.read"]), await create([])];
    await people.createPerson([held.id]);
    await create([], [included.id]);
    for (const { id } of [held, included]) expect(await refusal(as(admin).deleteRole({ id, version: 1 }))).toBe("identity.roleInUse");
    const listed = (await as(admin).listRoles({})).find(({ id }) => id === held.id);
    expect(listed).toMatchObject({ holderCount: 1, can: { change: true, delete: false } });
  });

  it("has a name of its own", async () => {
    const made = await create([]);
    expect(await refusal(as(admin).createRole({ ...named([]), name: made.name.toUpperCase() }))).toBe("identity.roleNameTaken");
    expect(await refusal(as(admin).createRole({ ...named([]), nameEn: "system ADMINISTRATOR" }))).toBe("identity.roleNameTaken");
  });

  it("that came with the code stays as it is", async () => {
    const member = (await as(admin).listRoles({})).find(({ key }) => key === "member") as RoleView;
    expect(member.can).toEqual({ change: false, delete: false, assign: true });
    expect(await refusal(as(admin).updateRole({ ...inputOf(member), name: "다른 이름" }))).toBe("identity.roleBuiltIn");
    expect(await refusal(as(admin).deleteRole({ id: member.id, version: member.version }))).toBe("identity.roleBuiltIn");
    expect(await refusal(as(admin).previewRoleChange({ id: member.id, permissions: [], includedIds: [] }))).toBe("identity.roleBuiltIn");
  });

  it("never includes the highest one, nor what is not there", async () => {
    expect(await refusal(create([], [await people.idOf("system-admin")]))).toBe("identity.roleNotIncludable");
    expect(await refusal(create([], [newId()]))).toBe("identity.roleNotFound");
    expect(await refusal(create(["board.fly"]))).toBe("identity.permissionUnknown");
  });

  it.each([
    [{ name: "", nameEn: "x", permissions: [], includedIds: [] }],
    [{ name: "x", nameEn: "x", permissions: ["*"], includedIds: [] }],
    [{ name: "x", nameEn: "x", permissions: [], includedIds: [], isBuiltIn: true }],
    [{ name: "x", nameEn: "x", permissions: { all: true }, includedIds: [] }],
  ])("is not made of %j", async (input) => expect(await refusal(as(admin).createRole(input as never))).toBe("common.invalidInput"));
});

describe("nobody gives more than she holds", () => {
  it("by making a role, by changing one, or through what it includes", async () => {
    const exceeded = await findRefusal(create(["board.read", "board.moderate"], [], manager));
    expect(exceeded).toMatchObject({ code: "identity.rightsExceeded", details: { permissions: ["board.moderate"] } });
    const own = await create(["board.read"], [], manager);
    const mighty = await create(["board.moderate"]);
    expect(await refusal(as(manager).updateRole({ ...inputOf(own), permissions: [...PERMISSIONS] }))).toBe("identity.rightsExceeded");
    expect(await refusal(as(manager).updateRole({ ...inputOf(own), includedIds: [mighty.id] }))).toBe("identity.rightsExceeded");
    // Nor does she weaken what is mightier than she is.
    expect(await refusal(as(manager).updateRole({ ...inputOf(mighty), permissions: [] }))).toBe("identity.rightsExceeded");
    expect(await refusal(as(manager).deleteRole({ id: mighty.id, version: 1 }))).toBe("identity.rightsExceeded");
    const seen = await as(manager).listRoles({});
    expect(seen.find(({ id }) => id === mighty.id)?.can).toEqual({ change: false, delete: false, assign: false });
    expect(seen.find(({ id }) => id === own.id)?.can).toEqual({ change: true, delete: true, assign: true });
  });

  it("also when the rights that a door remembers have been taken meanwhile", async () => {
    const roleId = await people.createRole(MANAGER);
    const former = await people.createPerson([roleId]);
    await test.db.roleAssignment.deleteMany({ where: { accountId: former.accountId as string } });
    expect(await refusal(create([], [], former))).toBe("common.forbidden");
  });

  it("and a token gives no more than its scopes", async () => {
    const narrowed = { ...admin, permissions: new Set(["identity.manage-roles", "board.read"]) };
    expect(await refusal(create(["board.post"], [], narrowed))).toBe("identity.rightsExceeded");
    expect(await refusal(create(["board.read"], [], narrowed))).toBe("done");
  });
});

describe("a role with the right to give rights", () => {
  it("does not change while somebody has it, nor does what it includes", async () => {
    const base = await create(["board.read"]);
    const guarded = await create(["identity.manage-roles"], [base.id]);
    expect(guarded.isProtected).toBe(true);
    expect(await refusal(as(admin).updateRole({ ...inputOf(guarded), permissions: ["identity.manage-roles", "board.post"] }))).toBe("done");
    await people.createPerson([guarded.id]);
    const again = { ...inputOf(guarded), version: 2 };
    expect(await refusal(as(admin).updateRole({ ...again, permissions: [...PERMISSIONS] }))).toBe("identity.protectedRoleAssigned");
    expect(await refusal(as(admin).updateRole({ ...again, permissions: [] }))).toBe("identity.protectedRoleAssigned");
    expect(await refusal(as(admin).updateRole({ ...inputOf(base), permissions: ["board.moderate"] }))).toBe(
      "identity.protectedRoleAssigned",
    );
    const renamed = { ...again, name: `새 이름 ${newId()}`, permissions: ["identity.manage-roles", "board.post"] };
    expect(await refusal(as(admin).updateRole(renamed))).toBe("done");
  });

  it("does not come about by changing one that people have", async () => {
    const plain = await create(["board.read"]);
    await people.createPerson([plain.id]);
    const input = { ...inputOf(plain), permissions: ["board.read", "identity.manage-roles"] };
    expect(await refusal(as(admin).updateRole(input))).toBe("identity.protectedRoleAssigned");
  });
});

describe("a preview", () => {
  it("tells what comes, what goes, and for whom it makes a difference", async () => {
    const base = await create(["board.read", "board.post"]);
    const above = await create([], [base.id]);
    const keeps = await create(["board.post"]);
    const [direct, through, both] = [
      await people.createPerson([base.id]),
      await people.createPerson([above.id]),
      await people.createPerson([base.id, keeps.id]),
    ];
    const gone = await people.createPerson([base.id]);
    await test.db.account.update({ where: { id: gone.accountId as string }, data: { state: "DISABLED" } });
    const lost = await as(admin).previewRoleChange({ id: base.id, permissions: ["board.read"], includedIds: [] });
    expect(lost).toMatchObject({ added: [], removed: ["board.post"], gaining: 0, losing: 2, people: 2 });
    expect(lost.examples.map(({ id }) => id).sort()).toEqual([direct.id, through.id].sort());
    const turned = await as(admin).previewRoleChange({ id: base.id, permissions: ["board.read", "board.comment"], includedIds: [] });
    expect(turned).toMatchObject({ added: ["board.comment"], removed: ["board.post"], gaining: 3, losing: 2, people: 3 });
    expect(turned.examples.map(({ id }) => id)).toContain(both.id);
    const none = await as(admin).previewRoleChange({ id: base.id, permissions: ["board.post", "board.read"], includedIds: [] });
    expect(none).toMatchObject({ added: [], removed: [], people: 0, examples: [] });
  });

  it("of a new role concerns nobody, and of a missing one is not found", async () => {
    expect(await as(admin).previewRoleChange({ permissions: ["board.read"], includedIds: [] })).toEqual({
      ...{ added: ["board.read"], removed: [], gaining: 0, losing: 0, people: 0, examples: [] },
    });
    expect(await refusal(as(admin).previewRoleChange({ id: newId(), permissions: [], includedIds: [] }))).toBe("identity.roleNotFound");
  });

  it("counts what a role comes to in a department", async () => {
    const keeper = await create(["board.moderate", "board.post"]);
    const person = await people.createPerson();
    await people.give(person, keeper.id, test.departments.sales);
    // Posting can't be given for a department: nobody loses it.
    expect(await as(admin).previewRoleChange({ id: keeper.id, permissions: ["board.moderate"], includedIds: [] })).toMatchObject({
      people: 0,
    });
    expect(await as(admin).previewRoleChange({ id: keeper.id, permissions: [], includedIds: [] })).toMatchObject({ losing: 1, people: 1 });
  });
});
