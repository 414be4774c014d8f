import { PERSON_STATES } from "@maru/api/directory/contract";
import { describe, expect, it } from "vitest";
import { hrefOfPlace, listInput, readPlace, STATES } from "./staff-place";

const DEPARTMENT = "01a1ffd1-c965-7e33-9671-725820e05f99";

describe("the place of the people", () => {
  it("offers the states of the contract", () => expect(STATES).toEqual(PERSON_STATES));

  it.each([
    ["", { query: "", state: "", departmentId: "" }, { limit: 50 }],
    ["?q=%ED%99%8D&state=RESIGNED", { query: "홍", state: "RESIGNED", departmentId: "" }, { q: "홍", state: "RESIGNED", limit: 50 }],
    [`?department=${DEPARTMENT}`, { query: "", state: "", departmentId: DEPARTMENT }, { departmentId: DEPARTMENT, limit: 50 }],
  ])("is told by the address %s", (search, place, input) => {
    expect(readPlace(Object.fromEntries(new URLSearchParams(search)))).toEqual(place);
    expect(hrefOfPlace(readPlace(place.departmentId ? { department: DEPARTMENT } : { q: place.query, state: place.state }))).toBe(
      `/admin/people${search}`,
    );
    expect(listInput(readPlace(Object.fromEntries(new URLSearchParams(search))))).toEqual(input);
  });

  it("leaves out what is no state and no id", () =>
    expect(readPlace({ state: "DEAD", department: "../x", q: ["a", "b"] })).toEqual({ query: "a", state: "", departmentId: "" }));
});
