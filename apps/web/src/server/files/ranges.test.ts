import { describe, expect, it } from "vitest";
import { contentDisposition, matchesTag, readRange } from "./ranges";

describe("readRange", () => {
  it.each([
    [undefined, null],
    ["bytes=0-0", { start: 0, end: 0 }],
    ["bytes=10-19", { start: 10, end: 19 }],
    ["bytes=90-", { start: 90, end: 99 }],
    ["bytes=90-1000", { start: 90, end: 99 }],
    ["bytes=-10", { start: 90, end: 99 }],
    ["bytes=-1000", { start: 0, end: 99 }],
    ["bytes=100-", "unsatisfiable"],
    ["bytes=100-200", "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    ["bytes=20-10", null],
    ["bytes=0-1,5-6", null],
    ["bytes=-", null],
    ["bytes=a-b", null],
    ["bytes=0-9999999999999999999", null],
    ["lines=0-1", null],
  ])("reads %s of 100 bytes", (header, expected) => {
    expect(readRange(header, 100)).toEqual(expected);
  });

  it("finds nothing in an empty file", () => {
    expect(readRange("bytes=0-", 0)).toBe("unsatisfiable");
    expect(readRange("bytes=-5", 0)).toBe("unsatisfiable");
  });
});

describe("matchesTag", () => {
  it.each([
    [undefined, false],
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    ["*", true],
    ['"b"', false],
  ])("compares %s", (header, expected) => {
    expect(matchesTag(header, '"a"')).toBe(expected);
  });
});

describe("contentDisposition", () => {
  it("carries a Korean name and lets nothing break out of the header", () => {
    expect(contentDisposition("attachment", "회의록 (1).pdf")).toBe(
      "attachment; filename=\"___ (1).pdf\"; filename*=UTF-8''%ED%9A%8C%EC%9D%98%EB%A1%9D%20%281%29.pdf",
    );
    const hostile = contentDisposition("inline", 'a"; filename="x.exe\r\nset-cookie: a=b');
    expect(hostile).not.toMatch(/[\r\n]/);
    expect(hostile.match(/filename="/g)).toHaveLength(1);
    expect(contentDisposition("inline", "\ud83d.png")).toContain("%EF%BF%BD.png");
  });
});
