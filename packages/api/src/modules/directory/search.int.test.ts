import { type Database, openDatabase } from "@maru/db/client";
import { buildCrowd, type Crowd, writeCrowd } from "@maru/db/seed/crowd";
import { createTestDatabase, type TestDatabase } from "@maru/db/testing/database";
import fc from "fast-check";
import { type SqlBool, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { holdsAll } from "./search-queries";
import { patternsOf, toTerms } from "./search-terms";
import { searchDepartments, searchPeople } from "./service";

const PEOPLE = 20_000;
let testDatabase: TestDatabase;
let database: Database;
let crowd: Crowd;
let everybody: Somebody[];

type Somebody = { id: string; name: string; mobile: string; rank: string; rankOrder: number; isHead: boolean; department: string };

/** The crowd as somebody who knows nothing of search columns sees it, in the order of standing, without those who left. */
const look = ({ people, affiliations, ranks, departments }: Crowd): Somebody[] => {
  const places = new Map(affiliations.map((place) => [place.personId, place]));
  const rankOf = new Map(ranks.map((rank) => [rank.id, rank]));
  const departmentOf = new Map(departments.map(({ id, name }) => [id, name]));
  const seen = people
    .filter(({ state }) => state === "ACTIVE")
    .map(({ id, name, mobile, rankId }) => {
      const rank = rankOf.get(rankId ?? "");
      const place = places.get(id);
      const department = departmentOf.get(place?.departmentId ?? "") ?? "";
      return {
        id,
        name,
        mobile: mobile ?? "",
        rank: rank?.name ?? "",
        rankOrder: rank?.sortOrder ?? 99,
        isHead: place?.titleId != null,
        department,
      };
    });
  const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  return seen.sort(
    (one, other) =>
      Number(other.isHead) - Number(one.isHead) ||
      one.rankOrder - other.rankOrder ||
      compare(one.name, other.name) ||
      compare(one.id, other.id),
  );
};

const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
const initialsOf = (name: string) => [...name].map((syllable) => INITIALS[Math.floor((syllable.charCodeAt(0) - 0xac00) / 588)]).join("");

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url, poolSize: 3, applicationName: "test", onError: () => undefined });
  crowd = buildCrowd({ people: PEOPLE });
  await writeCrowd(database, crowd);
  everybody = look(crowd);
}, 240_000);
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const search = (q: string, limit = 50) => searchPeople(database, { q, limit, includeResigned: false });
const is = (name: string) => (somebody: Somebody) => somebody.name === name;

describe(`searchPeople among ${PEOPLE} people`, () => {
  // Whom each text should find before anybody else: the first of these by standing.
  it.each<[string, (somebody: Somebody) => boolean]>([
    ["홍", ({ name }) => name.startsWith("홍")],
    ["홍길", ({ name }) => name.startsWith("홍길")],
    ["홍길동", is("홍길동")],
    ["길동", is("홍길동")],
    ["ㅎㄱㄷ", ({ name }) => initialsOf(name) === "ㅎㄱㄷ"],
    ["홍ㄱ", ({ name }) => initialsOf(name).startsWith("ㅎㄱ") && name.startsWith("홍")],
    ["홍기", ({ name }) => name.startsWith("홍기")],
    ["ghdrlfehd", is("홍길동")],
    ["gre", ({ name }) => initialsOf(name) === "ㅎㄱㄷ"],
    ["gildong", is("홍길동")],
    ["gil dong", is("홍길동")],
    ["hong gildong", is("홍길동")],
    ["honggildong", is("홍길동")],
    ["Kildong", is("홍길동")],
    ["5678", ({ mobile }) => mobile.endsWith("5678")],
    ["과장", ({ rank }) => rank === "과장"],
    ["팀장", ({ isHead }) => isHead],
    ["개발1팀", ({ department }) => department === "개발1팀"],
    ["roqkf1xla", ({ department }) => department === "개발1팀"],
    ["ㄱㅂ1ㅌ", ({ department }) => department === "개발1팀"],
    ["X1-1", ({ department }) => department === "개발1팀"],
    ["개발1팀 김", ({ department, name }) => department === "개발1팀" && name.startsWith("김")],
    ["김 과장", ({ rank, name }) => rank === "과장" && name.startsWith("김")],
  ])("%s", async (q, isMeant) => {
    const [first] = await search(q);
    expect(first).toBeDefined();
    expect(everybody.find(isMeant)).toMatchObject({ id: first?.id, name: first?.name });
  });

  it("gives whole names, then beginnings, then the rest, each in the order of standing", async () => {
    const found = (await search("김", 50)).map(({ name }) => name);
    const expected = everybody.filter(({ name }) => name.startsWith("김")).map(({ name }) => name);
    expect(found).toEqual(expected.slice(0, 50));
    const infix = await search("길동", 50);
    expect(infix.map(({ name }) => name.includes("길동"))).toEqual(
      infix.map(({ name }) => name.includes("길동")).toSorted((a, b) => Number(b) - Number(a)),
    );
  });

  it("shows nobody who left, unless they are asked for", async () => {
    const gone = crowd.people.find(({ state }) => state === "RESIGNED");
    const q = gone?.employeeNo ?? "";
    expect(await search(q)).toEqual([]);
    expect((await searchPeople(database, { q, limit: 5, includeResigned: true })).map(({ id }) => id)).toEqual([gone?.id]);
  });

  it.each([
    ["an injection", "'; DROP TABLE person; --"],
    ["wildcards", "%_%"],
    ["a backslash", "\\"],
    ["a line end", "\n\t"],
    ["spaces of any kind", "　\u2003"],
    ["astral characters", "😀𠮷"],
    ["a pair of borders", "^ $"],
  ])("finds nobody by %s", async (_name, q) => expect(await search(q)).toEqual([]));

  it("takes decomposed text for composed", async () => {
    expect(await search("홍길동".normalize("NFD"))).toEqual(await search("홍길동"));
    expect((await search("홍길".normalize("NFD")))[0]?.name).toBe("홍길동");
  });
});

describe("the pairs of neighbouring letters", () => {
  it("find exactly whom LIKE finds", async () => {
    const texts = crowd.people.map(({ searchText }) => searchText ?? "").filter((_text, index) => index % 200 === 0);
    const part = fc
      .record({ text: fc.constantFrom(...texts), start: fc.nat(60), length: fc.integer({ min: 1, max: 6 }) })
      .map(({ text, start, length }) => [...text.trim()].slice(start, start + length).join(""));
    const junk = fc.string({ unit: "grapheme", maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.oneof({ arbitrary: part, weight: 4 }, junk), async (text) => {
        const words = toTerms(text).map(patternsOf);
        const held = words.map(({ contains }) => sql<SqlBool>`p.search_text like any(${contains}::text[])`);
        const ids = async (condition: typeof held) => {
          const rows = await database.sql
            .selectFrom("person as p")
            .select("p.id")
            .where((eb) => eb.and(condition))
            .orderBy("p.id")
            .execute();
          return rows.map(({ id }) => id);
        };
        if (words.length === 0) return;
        expect(await ids([holdsAll(words)])).toEqual(await ids(held));
      }),
      { numRuns: 60 },
    );
  });
});

describe("searchDepartments", () => {
  const names = async (q: string) => (await searchDepartments(database, { q, limit: 5 })).map(({ name }) => name);

  it.each([
    ["개발1팀", "개발1팀"],
    ["개발 1팀", "개발1팀"],
    ["ㄱㅂ1ㅌ", "개발1팀"],
    ["개발1ㅌ", "개발1팀"],
    ["roqkf1xla", "개발1팀"],
    ["x1-1", "개발1팀"],
    ["Team 1-1", "개발1팀"],
    ["개발", "개발본부"],
  ])("finds by %s", async (q, expected) => expect((await names(q))[0]).toBe(expected));

  it("names the one above, marks what was asked for, and leaves out what is closed", async () => {
    const [found] = await searchDepartments(database, { q: "발1", limit: 1 });
    expect(found).toMatchObject({ name: "개발1팀", parent: "개발본부", code: "X1-1", matches: [[1, 3]] });
    await database.prisma.department.update({ where: { id: found?.id ?? "" }, data: { closedOn: new Date("2026-01-01") } });
    expect(await names("개발1팀")).not.toContain("개발1팀");
    await database.prisma.department.update({ where: { id: found?.id ?? "" }, data: { closedOn: null } });
    expect(await names("%")).toEqual([]);
  });
});
