import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { formatPersonName, type PersonNameOptions } from "./format-person-name";
import type { Person } from "./person";
import { PersonName } from "./person-name";

const hong: Person = {
  id: "p1",
  name: "홍길동",
  nameEn: "Hong Gildong",
  rank: "과장",
  rankEn: "Manager",
  department: "개발1팀",
  departmentEn: "Dev Team 1",
};
const head: Person = { ...hong, title: "팀장", titleEn: "Team Lead" };
const former: Person = { ...hong, state: "RESIGNED" };
const bare: Person = { id: "p2", name: "이산" };

type Case = [expected: string, person: Person, options: PersonNameOptions];

describe("formatPersonName", () => {
  test.each<Case>([
    ["홍길동 과장", hong, { locale: "ko" }],
    ["홍길동 팀장", head, { locale: "ko" }],
    ["홍길동 과장", head, { locale: "ko", preferTitle: false }],
    ["개발1팀 홍길동 과장", hong, { locale: "ko", withDepartment: true }],
    ["홍길동 과장님", hong, { locale: "ko", honorific: true }],
    ["개발1팀 홍길동 팀장님", head, { locale: "ko-KR", withDepartment: true, honorific: true }],
    ["홍길동 과장 (퇴직)", former, { locale: "ko" }],
    ["홍길동 과장 (퇴직)", former, { locale: "ko", withDepartment: true }],
    ["이산", bare, { locale: "ko", withDepartment: true }],
    ["이산님", bare, { locale: "ko", honorific: true }],
    ["Hong Gildong (Manager)", hong, { locale: "en" }],
    ["Hong Gildong (Manager, Dev Team 1)", hong, { locale: "en", withDepartment: true }],
    ["Hong Gildong (Team Lead, Dev Team 1)", head, { locale: "en", withDepartment: true, honorific: true }],
    ["Hong Gildong (Manager, former)", former, { locale: "en", withDepartment: true }],
    ["이산", bare, { locale: "en", withDepartment: true }],
    ["홍길동 (과장, 개발1팀)", { ...hong, nameEn: null, rankEn: null, departmentEn: "" }, { locale: "en", withDepartment: true }],
  ])("%s", (expected, person, options) => {
    expect(formatPersonName(person, options)).toBe(expected);
  });
});

describe("PersonName", () => {
  test("marks former staff for the eye and in words", () => {
    const html = renderToStaticMarkup(<PersonName person={former} locale="ko" />);
    expect(html).toContain('data-state="RESIGNED"');
    expect(html).toContain("홍길동 과장 (퇴직)");
  });

  test("is styled by the state as the API spells it, beside its picture too", () => {
    for (const sheet of ["person-name.module.css", "../person-avatar/person-avatar.module.css"]) {
      const css = readFileSync(join(import.meta.dirname, sheet), "utf8");
      expect([...css.matchAll(/\[data-state="(\w+)"\]/g)].map(([, state]) => state)).toEqual([former.state]);
    }
  });

  test("a name is text, never markup", () => {
    const html = renderToStaticMarkup(<PersonName person={{ ...bare, name: "<b>이산</b>" }} locale="ko" />);
    expect(html).toContain("&lt;b&gt;이산&lt;/b&gt;");
  });
});
