import { describe, expect, it } from "vitest";
import { findTypedConsonants, initialConsonants, searchKey, withParticle } from "./hangul";

describe("searchKey", () => {
  it("composes, lowers and closes up", () => {
    expect(searchKey("홍 길동".normalize("NFD"))).toBe("홍길동");
    expect(searchKey(" Hong Gildong ")).toBe("honggildong");
  });
});

describe("initialConsonants", () => {
  it.each([
    ["홍길동", "ㅎㄱㄷ"],
    ["까치 상회", "ㄲㅊㅅㅎ"],
    ["김A영", "ㄱㅇ"],
    ["Hong", ""],
  ])("%s -> %s", (name, expected) => expect(initialConsonants(name)).toBe(expected));
});

describe("findTypedConsonants", () => {
  it.each([
    ["ㅎㄱ", "ㅎㄱ"],
    ["ㄳ", "ㄱㅅ"],
    ["홍ㄱ", null],
    ["hong", null],
    ["", null],
    ["ㅏ", null],
  ])("%s -> %s", (typed, expected) => expect(findTypedConsonants(typed)).toBe(expected));
});

describe("withParticle", () => {
  it("follows the last sound", () => {
    expect(withParticle("책상", "을/를")).toBe("책상을");
    expect(withParticle("의자", "을/를")).toBe("의자를");
    expect(withParticle("교실", "으로/로")).toBe("교실로");
  });
});
