import { describe, expect, it } from "vitest";
import { patternsOf, rangesIn, toTerms } from "./search-terms";

const needlesOf = (query: string) => toTerms(query).map(({ readings }) => readings.map(({ needle }) => needle));

describe("toTerms", () => {
  it.each([
    ["홍길", [["ㅎㅗㅇㄱㅣㄹ"]]],
    ["홍ㄱ".normalize("NFD"), [["ㅎㅗㅇㄱ"]]],
    ["ㅎㄱㄷ", [[" ㅎㄱㄷ"]]],
    ["ㄳ", [[" ㄱㅅ"]]],
    ["ㄱㅂ1ㅌ", [[" ㄱㅂ1ㅌ"]]],
    ["ghdrlfehd", [["ghdrlfehd", " ktlfet", "ㅎㅗㅇㄱㅣㄹㄷㅗㅇ"]]],
    ["gre", [["gre", " kle", " ㅎㄱㄷ"]]],
    ["gildong", [["gildong", " kiltonk"]]],
    ["k", [[" k"]]],
    ["010-1234", [["0101234"]]],
    ["7", [[" 7"]]],
    ["개발1팀 김", [["ㄱㅐㅂㅏㄹ1ㅌㅣㅁ"], ["ㄱㅣㅁ"]]],
    ["DEV-1", [["dev-1"]]],
    ["😀", [[" 😀"]]],
    ["%_", [["%_"]]],
    ["　\u2003 ", []],
    ["", []],
  ])("%s", (query, expected) => expect(needlesOf(query)).toEqual(expected));

  it("takes four words", () => expect(toTerms("a b c d e")).toHaveLength(4));
});

describe("patternsOf", () => {
  it("takes wildcards for letters, and always has three sets of pairs", () => {
    const [term] = toTerms("50%_\\");
    if (!term) throw new Error("a word");
    const { contains, grams } = patternsOf(term);
    expect(contains).toEqual(["%50\\%\\_\\\\%"]);
    expect(grams).toEqual([["50", "0%", "%_", "_\\"], ["\n"], ["\n"]]);
  });
});

describe("rangesIn", () => {
  it.each([
    ["홍길동", "길", [[1, 2]]],
    ["홍길동", "홍ㄱ", [[0, 2]]],
    ["홍길동", "ㅎㄱㄷ", [[0, 3]]],
    ["홍길동", "ghdrlf", [[0, 2]]],
    ["홍길동", "gildong", [[1, 3]]],
    [
      "홍길동",
      "gil dong",
      [
        [1, 2],
        [2, 3],
      ],
    ],
    [
      "홍길동",
      "길동 홍",
      [
        [0, 1],
        [1, 3],
      ],
    ],
    ["홍길동", "과장", []],
    ["홍길동", "5678", []],
    ["😀길동", "길", [[2, 3]]],
    ["Hong Gildong", "gil", [[5, 8]]],
    // Two words that mean the same part mark it once.
    ["홍길동", "홍 홍길", [[0, 1]]],
  ])("%s by %s", (name, query, expected) => expect(rangesIn(name, toTerms(query))).toEqual(expected));
});
