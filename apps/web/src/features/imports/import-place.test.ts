import { describe, expect, it } from "vitest";
import { readImportId, stepOf } from "./import-place";

describe("the place of an import", () => {
  it("is named by an id alone", () => {
    expect(readImportId({ id: "01a1ffec-0d20-7513-af2b-50a7f4d70483" })).toBe("01a1ffec-0d20-7513-af2b-50a7f4d70483");
    expect([readImportId({}), readImportId({ id: "x" }), readImportId({ id: ["a", "b"] })]).toEqual([null, null, null]);
  });

  it.each([
    ["file", undefined],
    ["file", { found: null, preview: null, run: null }],
    ["columns", { found: {}, preview: null, run: null }],
    ["preview", { found: {}, preview: { state: "DONE" }, run: null }],
    ["apply", { found: {}, preview: { state: "DONE" }, run: { state: "APPLYING" } }],
    ["preview", { found: {}, preview: { state: "DONE" }, run: { state: "FAILED" } }],
    ["result", { found: {}, preview: { state: "DONE" }, run: { state: "DONE" } }],
  ] as const)("waits at %s", (step, view) => expect(stepOf(view)).toBe(step));
});
