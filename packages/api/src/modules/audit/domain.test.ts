import { describe, expect, it } from "vitest";
import { canonicalJson } from "./chain";
import { checkPeriod, entryCursor, parseEntryCursor, readDetails } from "./domain";

describe("a cursor", () => {
  const place = { at: new Date("2026-11-20T01:02:03.456Z"), id: "0192f0c1-2345-7abc-8def-0123456789ab" };
  it("comes back as it was", () => expect(parseEntryCursor(entryCursor(place))).toEqual(place));
  it("is none on the first page", () => expect(parseEntryCursor(undefined)).toBeNull());
  it.each([
    "x",
    "bm90IG91cnM",
    Buffer.from("1.0192f0c1").toString("base64url"),
    Buffer.from(`999999999999999.${place.id}`).toString("base64url"),
  ])("that we did not make is refused: %s", (forged) => expect(() => parseEntryCursor(forged)).toThrow("audit.cursorInvalid"));
});

describe("a period", () => {
  const [early, late] = ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"];
  it.each([{}, { from: early }, { to: late }, { from: early, to: late }])("may be open or forward: %j", (period) => checkPeriod(period));
  it.each([
    { from: late, to: early },
    { from: early, to: early },
  ])("is refused when nothing can lie in it: %j", (period) => expect(() => checkPeriod(period)).toThrow("audit.periodInvalid"));
});

describe("details", () => {
  it.each<[string, unknown, ReturnType<typeof readDetails>]>([
    ["nothing", {}, { changes: [], facts: [] }],
    [
      "a change, and what did not change",
      { before: { name: "a", rank: 1 }, after: { name: "b", rank: 1 }, reason: "r" },
      { changes: [{ field: "name", before: "a", after: "b" }], facts: [{ field: "reason", value: "r" }] },
    ],
    ["what was made", { before: null, after: { n: 1 } }, { changes: [{ field: "n", before: null, after: "1" }], facts: [] }],
    ["what was removed", { before: { list: ["a"] } }, { changes: [{ field: "list", before: '["a"]', after: null }], facts: [] }],
    [
      "a before that is no record",
      { before: "x", n: null },
      {
        changes: [],
        facts: [
          { field: "n", value: "" },
          { field: "before", value: "x" },
        ],
      },
    ],
    ["no record at all", 7, { changes: [], facts: [{ field: "details", value: "7" }] }],
  ])("of %s", (_name, details, told) => expect(readDetails(details)).toEqual(told));
});

describe("canonical JSON", () => {
  it("is one text for one value", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
    expect(canonicalJson({ a: true, b: [1, { c: "x", d: null }] })).toBe(canonicalJson({ b: [1, { d: null, c: "x" }], a: true }));
  });
  it("tells values apart", () => {
    const texts = [{ a: "1" }, { a: 1 }, { a: [1] }, { 'a":1,"b': 1 }, { a: 1, b: 1 }, { a: null }, {}].map(canonicalJson);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
