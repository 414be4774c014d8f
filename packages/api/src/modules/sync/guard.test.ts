import { describe, expect, it } from "vitest";
import { type Item, itemOf } from "./desired";
import { guard, isHeldBack, type Totals } from "./guard";

const items = (count: number, changes: Partial<Item>): Item[] =>
  Array.from({ length: count }, (_, at) => itemOf({ target: "PERSON", action: "CREATE", externalId: String(at), label: "", ...changes }));
const totals = (changes: Partial<Totals> = {}): Totals => ({
  activePeople: 100,
  sourcedRoles: 100,
  givenPhotos: 100,
  entries: 100,
  isComplete: true,
  isScopeSeen: true,
  ...changes,
});
const gone = (count: number) => items(count, { action: "DEACTIVATE" });
const missing = (count: number) => items(count, { action: "MARK_MISSING" });
const renamed = (count: number) => items(count, { action: "UPDATE", after: { name: "x" } });
const bare = (count: number) => items(count, { target: "PHOTO", action: "UPDATE", before: { photo: "a" }, after: { photo: null } });
const revoked = (count: number) => items(count, { target: "ROLE", action: "REVOKE" });

describe("the guard", () => {
  it.each<[string, Item[], Partial<Totals>, string[]]>([
    ["lets creates and updates through", [...items(500, {}), ...items(90, { action: "UPDATE", after: { mobile: "1" } })], {}, []],
    ["5 of 100 leave", gone(5), {}, []],
    ["6 of 100 leave", gone(6), {}, ["deactivations"]],
    ["6 of 100 are first missing: counted now, not a day later", missing(6), {}, ["deactivations"]],
    ["2 of 25 leave: above 5 %, and few", gone(2), { activePeople: 25 }, []],
    ["3 of 25 leave", gone(3), { activePeople: 25 }, ["deactivations"]],
    ["1 of 9 leaves: above 10 %, whatever the size", gone(1), { activePeople: 9 }, ["deactivations"]],
    ["1 of 10 leaves", gone(1), { activePeople: 10 }, []],
    ["half of them", missing(50), {}, ["deactivations"]],
    ["conflicts are not counted", items(50, { action: "DEACTIVATE", status: "CONFLICT" }), {}, []],
    ["10 of 100 roles go", revoked(10), {}, []],
    ["11 of 100 roles go", revoked(11), {}, ["roleRemovals"]],
    ["20 of 100 photos go", bare(20), {}, []],
    ["21 of 100 photos go", bare(21), {}, ["photoRemovals"]],
    ["2 of 2 photos go: few", bare(2), { givenPhotos: 2 }, []],
    ["20 of 100 are renamed", renamed(20), {}, []],
    ["21 of 100 are renamed", renamed(21), {}, ["renames"]],
    ["nothing was read", [], { entries: 0 }, ["nothingRead"]],
    ["no changes were read", [], { entries: 0, isComplete: false }, []],
    [
      "nobody would be left who administers",
      items(1, { action: "DEACTIVATE", status: "CONFLICT", error: "lastAdministrator" }),
      {},
      ["lastAdministrator"],
    ],
    ["nobody has looked at this scope", items(1, {}), { isScopeSeen: false }, ["scopeChanged"]],
  ])("%s", (_what, planned, changes, expected) => expect(guard(planned, totals(changes)).map(({ reason }) => reason)).toEqual(expected));

  it("holds what is dangerous back, and everything where the scope is new", () => {
    const all = [...items(1, {}), ...gone(1), ...missing(1), ...renamed(1), ...revoked(1), ...bare(1)];
    const heldBy = (reason: Parameters<typeof isHeldBack>[1][number]["reason"]) =>
      all.map((item) => isHeldBack(item, [{ reason, count: 1, of: 1 }]));
    expect(heldBy("deactivations")).toEqual([false, true, true, false, false, false]);
    expect(heldBy("renames")).toEqual([false, false, false, true, false, false]);
    expect(heldBy("roleRemovals")).toEqual([false, false, false, false, true, false]);
    expect(heldBy("photoRemovals")).toEqual([false, false, false, false, false, true]);
    expect(heldBy("scopeChanged")).toEqual([true, true, true, true, true, true]);
    expect(heldBy("lastAdministrator")).toEqual([false, false, false, false, false, false]);
    expect(all.map((item) => isHeldBack(item, []))).toEqual([false, false, false, false, false, false]);
  });
});
