import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation } from "./contract/reorganisation";
import {
  applyOperations,
  changedDepartments,
  heirsOf,
  movedPeople,
  type Organisation,
  type PlannedDepartment,
  type PlannedPlace,
} from "./organisation-plan";

const department = (id: string, parentId: string | null, changes: Partial<PlannedDepartment> = {}): PlannedDepartment => ({
  ...{ id, parentId, kind: "TEAM", name: id, nameEn: id, code: id.toUpperCase(), abbreviation: id, sortOrder: 1, isClosed: false },
  ...changes,
});
/** From the root down, as its departments say. */
const pathOf = ({ departments }: Pick<Organisation, "departments">, id: string): string => {
  const ids = [id];
  for (let at = departments.get(id)?.parentId; at && !ids.includes(at); at = departments.get(at)?.parentId) ids.unshift(at);
  return ids.join("/");
};
const place = (personId: string, departmentId: string, isPrimary = true): PlannedPlace => ({
  personId,
  departmentId,
  isPrimary,
  titleId: null,
});
const words = { name: "새 부서", nameEn: "New", code: "NEW", abbreviation: "새", departmentKind: "TEAM" } as const;

// company > (development > (one, two), sales); hong works in one and stands in two, kim in two, lee in sales.
const before: Organisation = {
  departments: new Map(
    [
      department("company", null),
      department("development", "company"),
      department("one", "development"),
      department("two", "development"),
      department("sales", "company"),
      department("old", "company", { isClosed: true }),
    ].map((one) => [one.id, one]),
  ),
  places: [place("hong", "one"), place("hong", "two", false), place("kim", "two"), place("lee", "sales")],
};

const after = (...operations: Operation[]): Organisation => {
  const outcome = applyOperations(before, operations);
  if ("fault" in outcome) throw new Error(`step ${outcome.at}: ${outcome.fault}`);
  return outcome.organisation;
};
const placesOf = ({ places }: Organisation, personId: string) =>
  places.filter((one) => one.personId === personId).map(({ departmentId, isPrimary }) => [departmentId, isPrimary]);

describe("applyOperations", () => {
  it("creates a department, in which a later step of the same list can work", () => {
    const create: Operation = { kind: "CREATE", departmentId: "new", parentId: "sales", ...words };
    const made = after(create, { kind: "MOVE_PEOPLE", departmentId: "sales", toId: "new", personIds: ["lee"] });
    expect(made.departments.get("new")).toMatchObject({ parentId: "sales", name: "새 부서", code: "NEW", isClosed: false });
    expect(placesOf(made, "lee")).toEqual([["new", true]]);
    expect(pathOf(made, "new")).toBe("company/sales/new");
  });

  it("merges a department: everybody goes over once, what stood below it too, and it is closed", () => {
    const merged = after({ kind: "MERGE", departmentId: "two", intoId: "one" });
    // Hong has a place in both: one is left, and it is the first.
    expect([placesOf(merged, "hong"), placesOf(merged, "kim")]).toEqual([[["one", true]], [["one", true]]]);
    expect(merged.departments.get("two")?.isClosed).toBe(true);
    expect([...movedPeople(before, merged)].sort()).toEqual(["hong", "kim"]);
    const other = after({ kind: "MERGE", departmentId: "one", intoId: "two" });
    expect(placesOf(other, "hong")).toEqual([["two", true]]);
    const up = after({ kind: "MERGE", departmentId: "development", intoId: "sales" });
    expect(pathOf(up, "one")).toBe("company/sales/one");
  });

  it("tells which department takes over from one that closes, through merges of merges", () => {
    const operations: Operation[] = [
      { kind: "MERGE", departmentId: "one", intoId: "two" },
      { kind: "MERGE", departmentId: "two", intoId: "sales" },
      { kind: "CLOSE", departmentId: "development" },
    ];
    expect(heirsOf(before, after(...operations), operations)).toEqual(
      new Map([
        ["development", null],
        ["one", "sales"],
        ["two", "sales"],
      ]),
    );
  });

  it("says in what a department differs", () => {
    const turns = (...operations: Operation[]) =>
      changedDepartments(before, after(...operations)).map((change) => [change.id, ...change.turns]);
    expect(turns({ kind: "RENAME", departmentId: "one", ...words }, { kind: "MOVE", departmentId: "one", parentId: "sales" })).toEqual([
      ["one", "RENAMED", "MOVED"],
    ]);
    expect(turns({ kind: "MOVE", departmentId: "one", parentId: "development" })).toEqual([]);
    expect(turns({ kind: "MERGE", departmentId: "two", intoId: "one" })).toEqual([["two", "CLOSED"]]);
  });

  it.each<[string, Operation, string]>([
    ["a department below itself", { kind: "MOVE", departmentId: "development", parentId: "one" }, "departmentCycle"],
    ["a department below nothing", { kind: "MOVE", departmentId: "development", parentId: "nowhere" }, "departmentNotFound"],
    ["a department below a closed one", { kind: "MOVE", departmentId: "one", parentId: "old" }, "departmentNotFound"],
    ["a closed department", { kind: "RENAME", departmentId: "old", ...words }, "departmentNotFound"],
    ["a merge into itself", { kind: "MERGE", departmentId: "one", intoId: "one" }, "departmentCycle"],
    ["a merge into what stands below", { kind: "MERGE", departmentId: "development", intoId: "one" }, "departmentCycle"],
    ["the end of a department with people", { kind: "CLOSE", departmentId: "one" }, "departmentNotEmpty"],
    ["the end of a department with others below", { kind: "CLOSE", departmentId: "development" }, "departmentNotEmpty"],
    ["a code that another one has", { kind: "RENAME", departmentId: "one", ...words, code: "TWO" }, "departmentCodeTaken"],
    ["the code of a closed one", { kind: "CREATE", departmentId: "new", parentId: null, ...words, code: "OLD" }, "departmentCodeTaken"],
    ["an id that is taken", { kind: "CREATE", departmentId: "one", parentId: null, ...words }, "departmentTaken"],
    [
      "people who are elsewhere",
      { kind: "MOVE_PEOPLE", departmentId: "one", toId: "sales", personIds: ["hong", "lee"] },
      "personElsewhere",
    ],
  ])("refuses %s and says which step it was", (_name, operation, fault) => {
    expect(applyOperations(before, [{ kind: "RENAME", departmentId: "sales", ...words, code: "S" }, operation])).toEqual({ at: 1, fault });
  });

  it("refuses a tree that grows too deep", () => {
    const ids = Array.from({ length: 21 }, (_, index) => `d${index}`);
    const operations = ids.map<Operation>((departmentId, index) => {
      const parentId = index === 0 ? null : `d${index - 1}`;
      return { kind: "CREATE", departmentId, parentId, ...words, code: `N${index}` };
    });
    expect(applyOperations(before, operations)).toEqual({ at: 20, fault: "departmentTooDeep" });
  });
});

/** Any organisation: each department stands below an earlier one or nothing, and each person has one to three places. */
const organisations: fc.Arbitrary<Organisation> = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.record({
      parents: fc.array(fc.nat(), { minLength: size, maxLength: size }),
      people: fc.array(fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
    }),
  )
  .map(({ parents, people }) => {
    const parentOf = (index: number) => (index === 0 ? null : `d${(parents[index] ?? 0) % index}`);
    return {
      departments: new Map(parents.map((_, index) => [`d${index}`, department(`d${index}`, parentOf(index))])),
      places: people.flatMap((own, person) => own.map((index, at) => place(`p${person}`, `d${index}`, at === 0))),
    };
  });

const id = fc.nat(12).map((index) => `d${index}`);
const code = fc.constantFrom("D0", "D1", "X", "Y");
const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.oneof(
    fc
      .record({ kind: fc.constant("CREATE" as const), departmentId: fc.constantFrom("n0", "n1", "d0"), parentId: id, code })
      .map((one) => ({ ...words, ...one })),
    fc.record({ kind: fc.constant("RENAME" as const), departmentId: id, code }).map((one) => ({ ...words, ...one })),
    fc.record({ kind: fc.constant("MOVE" as const), departmentId: id, parentId: id }),
    fc.record({ kind: fc.constant("MERGE" as const), departmentId: id, intoId: id }),
    fc.record({ kind: fc.constant("CLOSE" as const), departmentId: id }),
    fc.record({ kind: fc.constant("MOVE_PEOPLE" as const), departmentId: id, toId: id, personIds: fc.constant<string[]>(["p0"]) }),
  ),
  { maxLength: 8 },
);

describe("whatever is done to an organisation", () => {
  // Steps that can't be done are left out one by one, so that long lists come through.
  const applied = (organisation: Organisation, steps: readonly Operation[]) =>
    steps.reduce((current, step) => {
      const outcome = applyOperations(current, [step]);
      return "fault" in outcome ? current : outcome.organisation;
    }, organisation);

  it("nothing stands below itself: every path begins at a root; and codes are one department's", () => {
    fc.assert(
      fc.property(organisations, operations, (organisation, steps) => {
        const { departments } = applied(organisation, steps);
        for (const own of departments.keys())
          expect(departments.get(pathOf({ departments }, own).split("/")[0] ?? "")?.parentId).toBeNull();
        const codes = [...departments.values()].map((one) => one.code);
        expect(new Set(codes).size).toBe(codes.length);
      }),
      { numRuns: 300 },
    );
  });

  it("everybody keeps a place, one of them first, none twice and none in a closed department", () => {
    fc.assert(
      fc.property(organisations, operations, (organisation, steps) => {
        const { departments, places } = applied(organisation, steps);
        expect(new Set(places.map(({ personId }) => personId))).toEqual(new Set(organisation.places.map(({ personId }) => personId)));
        for (const personId of new Set(places.map((one) => one.personId))) {
          const own = places.filter((one) => one.personId === personId);
          expect(own.filter(({ isPrimary }) => isPrimary)).toHaveLength(1);
          expect(new Set(own.map(({ departmentId }) => departmentId)).size).toBe(own.length);
        }
        expect(places.filter(({ departmentId }) => departments.get(departmentId)?.isClosed !== false)).toEqual([]);
        for (const one of departments.values()) expect(one.isClosed || departments.get(one.parentId ?? "")?.isClosed !== true).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("a merge moves everybody and loses nobody", () => {
    fc.assert(
      fc.property(organisations, id, id, (organisation, departmentId, intoId) => {
        const outcome = applyOperations(organisation, [{ kind: "MERGE", departmentId, intoId }]);
        if ("fault" in outcome) return;
        const peopleOf = ({ places }: Organisation, ...ids: string[]) =>
          new Set(places.filter((one) => ids.includes(one.departmentId)).map(({ personId }) => personId));
        expect(peopleOf(outcome.organisation, intoId)).toEqual(peopleOf(organisation, departmentId, intoId));
        expect(peopleOf(outcome.organisation, departmentId).size).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
