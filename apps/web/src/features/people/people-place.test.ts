import { describe, expect, it } from "vitest";
import { hrefOfPlace, readPlace } from "./people-place";

const department = "01931e5c-0000-7000-8000-000000000001";

describe("readPlace", () => {
  it("reads what the address says", () =>
    expect(readPlace({ department, q: " 홍길동 ", page: "3" })).toEqual({ departmentId: department, query: "홍길동", page: 3 }));
  it.each([{}, { department: "x' or 1=1", page: "-1" }, { page: "1.5" }, { page: "99999999" }, { department: [] }])(
    "is the whole company for %o",
    (parameters) => expect(readPlace(parameters)).toEqual({ departmentId: null, query: "", page: 1 }),
  );
  it("takes the first of many and cuts what is too long", () =>
    expect(readPlace({ q: ["가".repeat(60), "나"] }).query).toBe("가".repeat(50)));
});

describe("hrefOfPlace", () => {
  it("is short where nothing is chosen", () => expect(hrefOfPlace({ departmentId: null, query: "", page: 1 })).toBe("/people"));
  it("is read back as it was written", () => {
    const place = { departmentId: department, query: "홍 길동&=", page: 2 };
    expect(readPlace(Object.fromEntries(new URL(hrefOfPlace(place), "http://x").searchParams))).toEqual(place);
  });
});
