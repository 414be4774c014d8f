import { describe, expect, it } from "vitest";
import { departmentSearchKeys, personSearchKeys } from "./search-keys";

const wordsOf = (person: Parameters<typeof personSearchKeys>[0]) => personSearchKeys(person).searchText.trim().split(" ");

describe("personSearchKeys", () => {
  it("begins with the name and holds every way to ask for it", () => {
    const words = wordsOf({ name: "홍 길동", employeeNo: "M-15", phone: "02-123-4567", mobile: "010-1234-5678" });
    expect(words[0]).toBe("홍길동");
    expect(words).toEqual(
      expect.arrayContaining(["ㅎㄱㄷ", "ㄱㄷ", "ㅎㅗㅇㄱㅣㄹㄷㅗㅇ", "honggildong", "gildonghong", "m-15", "021234567", "01012345678"]),
    );
  });

  it("knows long family names, usual spellings and how people write themselves", () => {
    expect(wordsOf({ name: "남궁혁" })).toEqual(expect.arrayContaining(["ㅎ", "hyeoknamgung"]));
    expect(wordsOf({ name: "이수진" })).toEqual(expect.arrayContaining(["isujin", "leesujin", "sujinlee"]));
    expect(wordsOf({ name: "남궁혁", nameEn: "Namgung Hyuk" })).toContain("hyuknamgung");
    expect(wordsOf({ name: "Ada Lovelace", nameEn: "Ada Lovelace" })).toEqual(expect.arrayContaining(["adalovelace", "lovelaceada"]));
  });

  it("is one for composed and decomposed names, and nothing for nobody", () => {
    expect(personSearchKeys({ name: "홍길동".normalize("NFD") })).toEqual(personSearchKeys({ name: "홍길동" }));
    expect(personSearchKeys({ name: "" })).toEqual({ searchText: "", searchGrams: "" });
  });

  it("pairs every neighbours, borders among them", () => {
    const { searchText, searchGrams } = personSearchKeys({ name: "김😀", employeeNo: "a\nb" });
    const characters = [...searchText];
    expect(new Set(searchGrams.split("\n"))).toEqual(new Set(characters.slice(1).map((one, index) => `${characters[index]}${one}`)));
  });
});

it("departmentSearchKeys holds initial consonants with and without numbers, code and abbreviation", () => {
  const words = departmentSearchKeys({ name: "개발 1팀", nameEn: "Dev Team 1", code: "DEV-1", abbreviation: "개1" }).searchText.split(" ");
  expect(words).toEqual(["", "개발1팀", "ㄱㅂ1ㅌ", "ㄱㅂㅌ", "ㄱㅐㅂㅏㄹ1ㅌㅣㅁ", "devteam1", "dev-1", "개1", ""]);
});
