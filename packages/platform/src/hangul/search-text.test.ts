import { convertHangulToQwerty } from "es-hangul";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bigrams, consonantsOf, findMeantHangul, latinSound, letters, romanised } from "./search-text";

describe("letters", () => {
  it.each([
    ["홍길", "ㅎㅗㅇㄱㅣㄹ"],
    ["홍ㄱ", "ㅎㅗㅇㄱ"],
    ["과값", "ㄱㅗㅏㄱㅏㅂㅅ"],
    ["홍 길".normalize("NFD"), "ㅎㅗㅇㄱㅣㄹ"],
    ["Kim1", "kim1"],
  ])("%s -> %s", (text, expected) => expect(letters(text)).toBe(expected));

  it("begin the letters of what is typed halfway", () => {
    for (const typed of ["ㅎ", "호", "홍", "홍ㄱ", "홍기", "홍길", "홍길ㄷ", "홍길도"])
      expect(letters("홍길동").startsWith(letters(typed))).toBe(true);
  });
});

it("consonantsOf keeps what is no syllable", () => {
  expect(["개발1팀", "UX디자인", "까치"].map(consonantsOf)).toEqual(["ㄱㅂ1ㅌ", "uxㄷㅈㅇ", "ㄲㅊ"]);
});

it("romanised writes a syllable at a time", () => {
  expect(["홍길동", "석민", "김A영"].map(romanised)).toEqual(["honggildong", "seokmin", "gimayeong"]);
});

describe("latinSound", () => {
  it.each([
    ["gildong", "kildong"],
    ["Gil-dong", "gil dong"],
    ["jeong", "jung"],
    ["jung", "chung"],
    ["gim", "kim"],
    ["bak", "park"],
    ["choe", "choi"],
    ["an", "ahn"],
    ["o", "oh"],
    ["sin", "shin"],
    ["ujin", "woojin"],
    ["yeonghui", "younghee"],
    ["hyeonju", "hyunju"],
    ["gyeong", "kyung"],
  ])("%s and %s are one", (one, other) => expect(latinSound(one)).toBe(latinSound(other)));

  it("keeps others apart", () => expect(new Set(["kim", "min", "hong", "gang", "gong"].map(latinSound)).size).toBe(5));
});

describe("findMeantHangul", () => {
  it.each([
    ["ghdrlfehd", "홍길동"],
    ["ghdr", "홍ㄱ"],
    ["gre", "ㅎㄱㄷ"],
    ["Rkcl", "까치"],
    ["roqkf1xla", "개발1팀"],
    ["hong", null],
    ["gildong", null],
    ["홍", null],
    ["1234", null],
    ["kim!", null],
    ["nja", null],
  ])("%s -> %s", (typed, expected) => expect(findMeantHangul(typed)).toBe(expected));

  it("reads back whatever is typed of Hangul on the other keyboard", () => {
    const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCharCode(code));
    const words = fc.array(syllable, { minLength: 1, maxLength: 6 }).map((syllables) => syllables.join(""));
    fc.assert(
      fc.property(words, (word) => {
        expect(findMeantHangul(convertHangulToQwerty(word))).toBe(word);
      }),
    );
  });
});

it("bigrams are every two neighbours once, by code points", () => {
  expect(bigrams(" ab ab ")).toEqual([" a", "ab", "b "]);
  expect(bigrams("😀가")).toEqual(["😀가"]);
  expect(bigrams("가")).toEqual([]);
});

it("nothing that can be typed is too much for it", () => {
  const keys = fc.array(fc.constantFrom(..."qwertyuiopasdfghjklzxcvbnmQWERTOP1")).map((typed) => typed.join(""));
  fc.assert(
    fc.property(fc.oneof(keys, fc.string({ unit: "grapheme", maxLength: 20 })), (text) => {
      for (const read of [letters, consonantsOf, romanised, latinSound, bigrams, findMeantHangul]) read(text);
    }),
  );
});
