import { describe, expect, it } from "vitest";
import { EVERYTHING, filtersOf, hrefOfPlace, readPlace } from "./audit-place";

const id = "0192f0c1-2345-7abc-8def-0123456789ab";
const place = {
  from: "2026-11-01",
  to: "2026-11-20",
  area: "board.post",
  actorId: id,
  subjectType: "board.post",
  subjectId: "가 나&b",
} as const;

describe("a place in the audit log", () => {
  it("is in its address, and comes back from it", () => {
    const address = new URL(hrefOfPlace(place), "http://maru");
    expect(readPlace(Object.fromEntries(address.searchParams))).toEqual(place);
    expect(hrefOfPlace(EVERYTHING)).toBe("/admin/audit");
    expect(readPlace({})).toEqual(EVERYTHING);
  });

  it("leaves out what nobody wrote on purpose", () => {
    const strange = { from: "yesterday", to: "2026-13-45", area: "board.", actor: "1", type: "Board", subject: "x", other: "y" };
    expect(readPlace(strange)).toEqual(EVERYTHING);
    expect(readPlace({ type: "board.post", subject: "a\0" })).toEqual({ ...EVERYTHING, subjectType: "board.post" });
  });

  it("has days of the office, the last one whole", () => {
    expect(filtersOf(place)).toEqual({
      from: "2026-10-31T15:00:00.000Z",
      to: "2026-11-20T15:00:00.000Z",
      action: "board.post",
      actorId: id,
      subjectType: "board.post",
      subjectId: "가 나&b",
    });
    expect(filtersOf(EVERYTHING)).toEqual({});
  });
});
