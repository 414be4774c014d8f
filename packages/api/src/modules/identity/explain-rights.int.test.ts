import { newId } from "@maru/platform/crypto/id";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS, type Permission } from "../../permissions";
import { createTestMaru, refusal, type TestMaru } from "../../testing/testing";
import { findActorForPerson } from "./service/actors";
import { syncBuiltInRoles } from "./service/roles";
import { type RightsPeople, rightsPeople } from "./testing/rights-people";

const ROLES = 6;
const PEOPLE = 3;

let test: TestMaru;
let people: RightsPeople;
beforeAll(async () => {
  test = await createTestMaru();
  await syncBuiltInRoles(test.maru.database);
  people = rightsPeople(test);
});
afterAll(() => test.stop());

const explain = (personId: string) => test.as(test.actors.admin).identity.explainRights({ personId });

describe("why somebody may do something", () => {
  it("is told with every way by which it came", async () => {
    const giver = await people.createPerson();
    const reader = await people.createRole(["board.read"]);
    const writer = await people.createRole(["board.post", "board.moderate"], [reader]);
    const person = await people.createPerson([reader]);
    const assignedAt = new Date("2026-11-20T05:05:00Z");
    const id = newId();
    const { sales } = test.departments;
    await test.db.roleAssignment.create({
      data: { id, accountId: person.accountId as string, roleId: writer, departmentId: sales, assignedById: giver.id, assignedAt },
    });
    const { assignments, permissions, isActive } = await explain(person.id);
    expect(isActive).toBe(true);
    expect(assignments.find((one) => one.id === id)).toMatchObject({
      role: { id: writer },
      department: { id: sales, nameEn: "Sales" },
      assignedBy: { id: giver.id },
      assignedAt: assignedAt.toISOString(),
      can: { take: true },
    });
    const told = permissions.map(({ key, effect, origins }) => [
      key,
      effect,
      origins.map((one) => [one.effect, one.path.map((role) => role.id)]),
    ]);
    expect(told).toEqual([
      ["board.moderate", "departments", [["departments", [writer]]]],
      ["board.post", "none", [["none", [writer]]]],
      [
        "board.read",
        "everywhere",
        [
          ["none", [writer, reader]],
          ["everywhere", [reader]],
        ],
      ],
    ]);
  });

  it("is nothing for somebody without an account, and without effect for one who can't sign in", async () => {
    const person = await people.createPerson([await people.createRole(["board.read"])]);
    await test.db.account.update({ where: { id: person.accountId as string }, data: { state: "DISABLED" } });
    expect(await explain(person.id)).toMatchObject({ isActive: false, permissions: [{ key: "board.read" }] });
    await test.db.roleAssignment.deleteMany({ where: { accountId: person.accountId as string } });
    await test.db.account.delete({ where: { id: person.accountId as string } });
    expect(await explain(person.id)).toMatchObject({ isActive: false, assignments: [], permissions: [] });
    expect(await refusal(explain(newId()))).toBe("directory.personNotFound");
  });

  it("is for those who read rights", async () => {
    for (const actor of [test.actors.member, test.actors.guest, test.actors.departmentAdmin]) {
      expect(await refusal(test.as(actor).identity.explainRights({ personId: actor.id }))).toBe("common.forbidden");
    }
  });
});

// Any graph, circles included: rows may have been written past the service. Each person has some roles, everywhere or for a department.
const world = fc.record({
  permissions: fc.array(fc.subarray([...PERMISSIONS], { maxLength: 4 }), { minLength: ROLES, maxLength: ROLES }),
  inclusions: fc.uniqueArray(fc.tuple(fc.nat(ROLES - 1), fc.nat(ROLES - 1)), { maxLength: 9, selector: String }),
  assignments: fc.uniqueArray(fc.tuple(fc.nat(PEOPLE - 1), fc.nat(ROLES - 1), fc.nat(3)), { maxLength: 8, selector: String }),
});

const expectAgreement = async (personId: string): Promise<void> => {
  const actor = await findActorForPerson(test.maru.database, personId);
  const { permissions, assignments } = await explain(personId);
  const everywhere = permissions.filter(({ effect }) => effect === "everywhere").map(({ key }) => key);
  expect(new Set(everywhere)).toEqual(new Set(actor?.permissions));
  const keeping = permissions.find(({ key }) => key === "board.moderate")?.origins ?? [];
  const tops = keeping.flatMap(({ effect, assignmentId }) =>
    effect === "departments" ? (assignments.find(({ id }) => id === assignmentId)?.department?.id ?? []) : [],
  );
  const departments = await test.db.department.findMany();
  const below = departments.filter(({ path }) => path.split("/").some((id) => tops.includes(id))).map(({ id }) => id);
  expect(new Set(below)).toEqual(new Set(actor?.managedDepartmentIds));
};

it("agrees with what the actor may do, whatever the graph of roles", async () => {
  const { company, development, team } = test.departments;
  const scopes = [null, company, development, team];
  await fc.assert(
    fc.asyncProperty(world, async ({ permissions, inclusions, assignments }) => {
      const roleIds = await Promise.all(permissions.map((own) => people.createRole(own as Permission[])));
      const pairs = inclusions.filter(([role, included]) => role !== included);
      const rows = pairs.map(([role, included]) => ({ roleId: roleIds[role] as string, includedId: roleIds[included] as string }));
      await test.db.roleInclusion.createMany({ data: rows });
      const persons = await Promise.all(Array.from({ length: PEOPLE }, () => people.createPerson()));
      for (const [person, role, scope] of assignments) {
        await people.give(persons[person] as (typeof persons)[number], roleIds[role] as string, scopes[scope] ?? null);
      }
      for (const { id } of persons) await expectAgreement(id);
      // The next graph begins from nothing.
      await test.db.roleAssignment.deleteMany({ where: { roleId: { in: roleIds } } });
      await test.db.roleInclusion.deleteMany({ where: { roleId: { in: roleIds } } });
      await test.db.rolePermission.deleteMany({ where: { roleId: { in: roleIds } } });
      await test.db.role.deleteMany({ where: { id: { in: roleIds } } });
    }),
    { numRuns: 40 },
  );
});
