import { describe, expect, it } from "vitest";
import type { Current, Desired, Item } from "./desired";
import { keepIndispensable, plan } from "./plan";
import { complete, currently, desiredDepartment, desiredPerson } from "./testing/people";

const NOW = new Date("2026-11-21T00:00:00Z");
const planned = async (desired: Desired, current: Current) => (await plan(desired, current, NOW)).items;
/** An item in a line: `UPDATE a`, with its conflict behind it. */
const line = ({ target, action, externalId, status, error }: Item) =>
  `${target === "PERSON" ? "" : `${target} `}${action} ${externalId}${status === "PLANNED" ? "" : ` ${status}`}${error ? ` ${error}` : ""}`;
const lines = (...given: Parameters<typeof planned>) => planned(...given).then((items) => items.map(line));

const [a, b, c] = [desiredPerson("a"), desiredPerson("b"), desiredPerson("c")] as const;
const withFields = (id: string, fields: NonNullable<Parameters<typeof desiredPerson>[1]>["fields"]) => desiredPerson(id, { fields });

describe("the plan for people", () => {
  it("is nothing where nothing changed, and says so for whoever only moved", async () => {
    const { items, refreshed } = await plan(complete([a, { ...b, dn: "cn=b,ou=new" }]), currently([[a], [b]]), NOW);
    expect(items).toEqual([]);
    expect(refreshed.people.map(({ externalId, dn }) => [externalId, dn])).toEqual([["b", "cn=b,ou=new"]]);
  });

  it("creates whoever is new with what is known, and leaves out who was disabled before", async () => {
    const [item] = await planned(complete([a, desiredPerson("gone", { isDisabled: true })]), currently([]));
    expect(item).toMatchObject({ action: "CREATE", after: { username: "a", name: "이름 a", email: "a@maru.example" }, status: "PLANNED" });
    expect(await lines(complete([desiredPerson("gone", { isDisabled: true })]), currently([]))).toEqual([]);
  });

  it("updates only what changed, and keeps who she is", async () => {
    const items = await planned(complete([withFields("a", { name: "새 이름" })]), currently([[a]]));
    expect(items).toMatchObject([
      { action: "UPDATE", personId: "person a", before: { name: "이름 a" }, after: { name: "새 이름" }, label: "새 이름" },
    ]);
  });

  it("says of a rank that Maru does not know that it stays as it is", async () => {
    const items = await planned(complete([withFields("a", { rank: "외계인", mobile: "010" })]), currently([[a, {}, { rank: "과장" }]]));
    expect(items).toMatchObject([{ action: "UPDATE", after: { mobile: "010" }, error: "rankUnknown", status: "PLANNED" }]);
  });

  const [disabledA, expiredA] = [
    { ...a, isDisabled: true },
    { ...a, expiresAt: "2026-11-20T00:00:00Z" },
  ];
  it.each<[string, Desired, Current, string[]]>([
    ["disabled in the directory: at once", complete([disabledA]), currently([[a]]), ["DEACTIVATE a"]],
    ["accountExpires passes although nothing changed", complete([expiredA]), currently([[expiredA]]), ["DEACTIVATE a"]],
    ["accountExpires is to come", complete([{ ...a, expiresAt: "2026-11-22T00:00:00Z" }]), currently([[a]]), []],
    ["enabled again", complete([a]), currently([[disabledA, { isActive: false, isDisabledBySync: true }]]), ["REACTIVATE a"]],
    ["blocked by an administrator: stays so", complete([a]), currently([[disabledA, { isActive: false }]]), []],
    ["missing for the first time", complete([b]), currently([[a], [b]]), ["MARK_MISSING a"]],
    ["missing for the second time", complete([b]), currently([[a, { isMissing: true }], [b]]), ["DEACTIVATE a"]],
    ["missing, and not active any more", complete([b]), currently([[a, { isActive: false }], [b]]), []],
    ["not shown by a reading of changes alone", complete([b], { presentIds: null }), currently([[a, { isMissing: true }], [b]]), []],
    ["deleted, as the directory says", complete([b], { presentIds: null, goneIds: ["a", "x"] }), currently([[a], [b]]), ["DEACTIVATE a"]],
    ["found again", complete([a]), currently([[a, { isMissing: true }]]), ["FOUND a"]],
  ])("%s", async (_what, desired, current, expected) => expect(await lines(desired, current)).toEqual(expected));
});

describe("the plan for names that belong to one person", () => {
  const recycled = withFields("b", { username: "b", email: "a@maru.example" });
  it.each<[string, Desired, Current, string[]]>([
    [
      "a local account with the same address is never linked",
      complete([a]),
      currently([], { strangers: { "email a@maru.example": "local" } }),
      ["CREATE a CONFLICT emailTaken"],
    ],
    [
      "a local account with the same user name is never linked",
      complete([a]),
      currently([], { strangers: { "username a": "local" } }),
      ["CREATE a CONFLICT usernameTaken"],
    ],
    ["the same address twice in the directory", complete([a, recycled]), currently([]), ["CREATE b CONFLICT emailTwice", "CREATE a"]],
    ["and whoever had it keeps it", complete([recycled, a]), currently([[recycled]]), ["CREATE a CONFLICT emailTwice"]],
    [
      "the address of somebody deleted is free",
      complete([recycled], { presentIds: null, goneIds: ["a"] }),
      currently([[a]]),
      ["DEACTIVATE a", "UPDATE a", "CREATE b"],
    ],
    [
      "deleted and created again under another id: the first reading already shows it",
      complete([recycled]),
      currently([[a]]),
      ["DEACTIVATE a", "UPDATE a", "CREATE b"],
    ],
    [
      "the address of somebody disabled is free",
      complete([{ ...a, isDisabled: true }, recycled]),
      currently([[a]]),
      ["DEACTIVATE a", "UPDATE a", "CREATE b"],
    ],
    [
      "a reading of changes takes nothing from who may still be there",
      complete([recycled], { presentIds: null }),
      currently([[a]]),
      ["CREATE b CONFLICT emailTaken"],
    ],
    [
      "two swap their user names",
      complete([withFields("a", { username: "b" }), withFields("b", { username: "a" }), c]),
      currently([[a], [b], [c]]),
      ["UPDATE a", "UPDATE b"],
    ],
    ["nobody without a name", complete([withFields("a", { name: null })]), currently([]), ["CREATE a CONFLICT nameMissing"]],
  ])("%s", async (_what, desired, current, expected) => expect((await lines(desired, current)).sort()).toEqual([...expected].sort()));

  it("has whoever gives a name up before whoever takes it", async () => {
    const items = await planned(complete([recycled]), currently([[a]]));
    expect(items.map(line)).toEqual(["DEACTIVATE a", "UPDATE a", "CREATE b"]);
    expect(items[1]).toMatchObject({ before: { email: "a@maru.example" }, after: { email: null } });
  });
});

describe("the plan for departments", () => {
  const [top, team] = [desiredDepartment("top"), desiredDepartment("team", { parentExternalId: "top" })];
  const read = (departments: Desired["departments"], changes: Partial<Desired> = {}) => complete([], { departments, ...changes });
  it.each<[string, Desired, Current, string[]]>([
    ["parents first", read([team, top]), currently([]), ["DEPARTMENT CREATE top", "DEPARTMENT CREATE team"]],
    ["renamed", read([top, { ...team, name: "새 팀" }]), currently([], { linkedDepartments: [top, team] }), ["DEPARTMENT UPDATE team"]],
    [
      "moved",
      read([top, { ...team, parentExternalId: null }]),
      currently([], { linkedDepartments: [top, team] }),
      ["DEPARTMENT UPDATE team"],
    ],
    ["not shown", read([top]), currently([], { linkedDepartments: [top, team] }), ["DEPARTMENT MARK_MISSING team"]],
    ["not read", read(null), currently([], { linkedDepartments: [top, team] }), []],
    ["not shown by a reading of changes", read([top], { hasAllDepartments: false }), currently([], { linkedDepartments: [top, team] }), []],
  ])("%s", async (_what, desired, current, expected) => expect(await lines(desired, current)).toEqual(expected));

  it("renames a department without touching who is in it", async () => {
    const person = desiredPerson("a", { fields: { department: "team" }, dn: "cn=a,ou=team" });
    const desired = complete([{ ...person, dn: "cn=a,ou=새 팀" }], { departments: [top, { ...team, name: "새 팀" }] });
    expect(await lines(desired, currently([[person]], { linkedDepartments: [top, team] }))).toEqual(["DEPARTMENT UPDATE team"]);
  });
});

describe("the plan for managers", () => {
  const led = (id: string, by: string | null) => desiredPerson(id, { managerDn: by && `cn=${by}` });
  it.each<[string, Desired, Current, string[]]>([
    ["of somebody new", complete([led("a", "b"), led("b", null)]), currently([]), ["CREATE a", "CREATE b", "MANAGER UPDATE a"]],
    ["out of scope", complete([led("a", "x")]), currently([[a, { managerId: null }]]), ["MANAGER UPDATE a SKIPPED managerUnknown"]],
    ["still out of scope: said once", complete([led("a", "x")]), currently([[led("a", "x")]]), []],
    [
      "gone out of scope",
      complete([led("a", "x"), b]),
      currently([[led("a", "b"), { managerId: "b" }], [b]]),
      ["MANAGER UPDATE a managerUnknown"],
    ],
    [
      "in a ring",
      complete([led("a", "b"), led("b", "a")]),
      currently([[a], [b]]),
      ["MANAGER UPDATE a CONFLICT managerCycle", "MANAGER UPDATE b CONFLICT managerCycle"],
    ],
    [
      "turned round, which is no ring",
      complete([led("a", "b"), led("b", null)]),
      currently([[a], [b, { managerId: "a" }]]),
      ["MANAGER UPDATE b", "MANAGER UPDATE a"],
    ],
    ["not mapped", complete([a]), currently([[a, { managerId: "b" }], [b]], {}), ["MARK_MISSING b"]],
  ])("%s", async (_what, desired, current, expected) => expect(await lines(desired, current)).toEqual(expected));
});

describe("the plan for roles", () => {
  const roles = (given: Record<string, string[]>) => new Map(Object.entries(given));
  it.each<[string, Desired, Current, string[]]>([
    ["given by a group", complete([a], { roles: roles({ a: ["r"] }) }), currently([[a]]), ["ROLE GRANT a"]],
    ["given already", complete([a], { roles: roles({ a: ["r", "r"] }) }), currently([[a]], { roles: roles({ a: ["r"] }) }), []],
    ["in no group any more", complete([a], { roles: roles({}) }), currently([[a]], { roles: roles({ a: ["r"] }) }), ["ROLE REVOKE a"]],
    ["groups were not read", complete([a]), currently([[a]], { roles: roles({ a: ["r"] }) }), []],
    ["of nobody whom Maru knows", complete([a], { roles: roles({ x: ["r"] }) }), currently([[a]]), []],
  ])("%s", async (_what, desired, current, expected) => expect(await lines(desired, current)).toEqual(expected));
});

describe("those without whom nobody could administer", () => {
  it("stay, whoever approves", async () => {
    const items = await planned(complete([c]), currently([[a, { isMissing: true }], [b], [c]]));
    expect(keepIndispensable(items, new Set(["person a"])).map(line)).toEqual([
      "DEACTIVATE a CONFLICT lastAdministrator",
      "MARK_MISSING b",
    ]);
    expect(keepIndispensable(items, new Set()).map(line)).toEqual(["DEACTIVATE a", "MARK_MISSING b"]);
  });
});
