import { expect, it } from "vitest";
import { hrefOfSearch, readQuery } from "./search-place";

it("readQuery takes the first, without spaces around it, and no more than the server takes", () => {
  expect([null, undefined, "", " 홍 ", ["김", "이"]].map(readQuery)).toEqual(["", "", "", "홍", "김"]);
  expect(readQuery("가".repeat(60))).toHaveLength(50);
});

it("hrefOfSearch is read back", () => {
  expect(hrefOfSearch("  ")).toBe("/search");
  for (const query of ["홍길동", "a&b=c", "개발1팀 김", "%"]) {
    expect(readQuery(new URL(hrefOfSearch(query), "http://maru.example").searchParams.get("q"))).toBe(query);
  }
});
