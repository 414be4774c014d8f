import { describe, expect, it } from "vitest";
import { EMPTY_DRAFT, faultsOf, inputOf, type PersonDraft, withFirst, withoutPlace, withPlace, withPlaceChange } from "./person-draft";

const firsts = ({ places }: PersonDraft) => places.filter(({ isPrimary }) => isPrimary).map(({ key }) => key);

describe("the form of a person", () => {
  it("sends what was typed, and nothing for what was left empty", () => {
    const input = inputOf({ ...EMPTY_DRAFT, name: " 홍길동 ", phone: "  ", joinedOn: "2026-11-02" }, null);
    expect(input).toMatchObject({ version: null, name: "홍길동", phone: null, email: null, joinedOn: "2026-11-02", places: [] });
    expect(inputOf(EMPTY_DRAFT, { id: "1", version: "2" })).toMatchObject({ id: "1", version: "2" });
  });

  it("has one first place as long as there is any", () => {
    const two = withPlace(EMPTY_DRAFT, "second");
    expect(firsts(two)).toEqual(["first"]);
    expect(firsts(withFirst(two, "second"))).toEqual(["second"]);
    expect(firsts(withoutPlace(two, "first"))).toEqual(["second"]);
    expect(withoutPlace(withoutPlace(two, "first"), "second").places).toEqual([]);
    const filled = withPlaceChange(two, "second", { departmentId: "d" });
    // The first one was left empty: the other takes its place.
    expect(inputOf(filled, null).places).toEqual([{ departmentId: "d", titleId: null, isPrimary: true }]);
  });

  it.each([
    ["directory.emailTaken", {}, { email: "directory.emailTaken" }],
    ["directory.managerCycle", {}, { managerId: "directory.managerCycle" }],
    [
      "common.invalidInput",
      { fields: [{ field: "email" }, { field: "places.0.departmentId" }] },
      { email: "common.invalidInput", places: "common.invalidInput" },
    ],
    ["directory.personStale", {}, {}],
    [null, {}, {}],
  ])("shows %s at its field", (code, details, faults) => expect(faultsOf(code, details)).toEqual(faults));
});
