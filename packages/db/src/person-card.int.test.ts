import { setTimeout as sleep } from "node:timers/promises";
import { newId } from "@maru/platform/crypto/id";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "./client";
import { personSearchKeys } from "./search-keys";
import { createTestDatabase, type TestDatabase } from "./testing/database";
import { createDepartment } from "./testing/factories/department";
import { createPerson } from "./testing/factories/person";
import { createRank } from "./testing/factories/rank";
import { createTitle } from "./testing/factories/title";

let place: TestDatabase;
let database: Database;
let rank: { id: string };
let title: { id: string };
let department: { id: string };
let other: { id: string };

beforeAll(async () => {
  place = await createTestDatabase();
  database = openDatabase({ url: place.url, poolSize: 8, applicationName: "test", onError: () => {} });
  const db = database.prisma;
  rank = await createRank(db, { name: "과장" });
  title = await createTitle(db, { name: "팀장", isHead: true });
  department = await createDepartment(db, { name: "개발1팀" });
  other = await createDepartment(db, { name: "개발2팀" });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

const join = (name: string) => createPerson(database.prisma, { name, rankId: rank.id, departmentId: department.id, titleId: title.id });
const cardOf = (id: string) => database.prisma.personCard.findUnique({ where: { id } });

// Prisma asks nothing before somebody waits for the answer.
const begin = <Result>(query: PromiseLike<Result>): Promise<Result> => Promise.resolve(query);

/** What a card says that its person, rank, title and department do not, or the other way round. */
const differences = async (): Promise<unknown[]> => {
  const { rows } = await sql`
    (TABLE person_card EXCEPT TABLE person_card_source) UNION ALL (TABLE person_card_source EXCEPT TABLE person_card)`.execute(
    database.sql,
  );
  return rows;
};

describe("a person's card", () => {
  it("follows the person, the places and the names of rank, title and department", async () => {
    const db = database.prisma;
    const { id } = await join("홍길동");
    expect(await cardOf(id)).toMatchObject({
      name: "홍길동",
      rank: "과장",
      title: "팀장",
      isHead: true,
      department: "개발1팀",
      state: "ACTIVE",
    });

    await db.person.update({ where: { id }, data: { name: "홍길순", state: "ON_LEAVE" } });
    await db.rank.update({ where: { id: rank.id }, data: { name: "책임" } });
    await db.title.update({ where: { id: title.id }, data: { name: "리더" } });
    await db.department.update({ where: { id: department.id }, data: { name: "플랫폼팀" } });
    expect(await cardOf(id)).toMatchObject({ name: "홍길순", rank: "책임", title: "리더", department: "플랫폼팀", state: "ON_LEAVE" });

    const [affiliation] = await db.affiliation.findMany({ where: { personId: id } });
    await db.affiliation.update({ where: { id: affiliation?.id ?? "" }, data: { departmentId: other.id } });
    expect(await cardOf(id)).toMatchObject({ department: "개발2팀", departmentId: other.id });
    await db.affiliation.update({ where: { id: affiliation?.id ?? "" }, data: { endsOn: new Date("2026-01-01") } });
    expect(await cardOf(id)).toMatchObject({ department: null, title: null, rank: "책임" });
    await db.affiliation.update({ where: { id: affiliation?.id ?? "" }, data: { endsOn: null } });
    await db.affiliation.delete({ where: { id: affiliation?.id ?? "" } });
    expect(await cardOf(id)).toMatchObject({ department: null });
    expect(await differences()).toEqual([]);

    await db.person.delete({ where: { id } });
    expect(await cardOf(id)).toBeNull();
  });

  it("follows a place that is given to somebody else, on both sides", async () => {
    const [giver, taker] = [await join("주는이"), await createPerson(database.prisma, { name: "받는이" })];
    await database.prisma.affiliation.updateMany({ where: { personId: giver.id }, data: { personId: taker.id } });
    expect([(await cardOf(giver.id))?.departmentId, (await cardOf(taker.id))?.departmentId]).toEqual([null, department.id]);
  });

  it("is whole when a rank is renamed while a person is given that rank", async () => {
    const { id } = await createPerson(database.prisma, { name: "승진자" });
    let promotion: Promise<unknown> = Promise.resolve();
    await database.prisma.$transaction(async (tx) => {
      await tx.rank.update({ where: { id: rank.id }, data: { nameEn: "Principal" } });
      promotion = begin(database.prisma.person.update({ where: { id }, data: { rankId: rank.id } }));
      await sleep(200);
    });
    await promotion;
    expect([(await cardOf(id))?.rankEn, await differences()]).toEqual(["Principal", []]);
  });

  it("locks nobody out who changes the same things in the other order", async () => {
    const { id } = await join("순서");
    let renaming: Promise<unknown> = Promise.resolve();
    await database.prisma.$transaction(async (tx) => {
      await tx.person.update({ where: { id }, data: { name: "첫째" } });
      renaming = begin(database.prisma.rank.update({ where: { id: rank.id }, data: { name: "둘째" } }));
      await sleep(200);
      await tx.rank.update({ where: { id: rank.id }, data: { nameEn: "Third" } });
    });
    await renaming;
    expect(await cardOf(id)).toMatchObject({ name: "첫째", rank: "둘째", rankEn: "Third" });
  });

  it("follows sets: people, their places and what they are called, each card once", async () => {
    const db = database.prisma;
    const people = Array.from({ length: 1000 }, (_, at) => ({
      id: newId(),
      name: `집합${at}`,
      rankId: rank.id,
      ...personSearchKeys({ name: "집합" }),
    }));
    await db.person.createMany({ data: people });
    const places = people.map(({ id }, at) => ({
      ...{ id: newId(), personId: id, titleId: title.id, isPrimary: true, startsOn: new Date("2026-01-01") },
      departmentId: at % 2 === 0 ? department.id : other.id,
    }));
    await db.affiliation.createMany({ data: places });
    expect(await differences()).toEqual([]);
    const [half, rest] = [people.slice(0, 500).map(({ id }) => id), people.slice(500).map(({ id }) => id)];
    await db.affiliation.updateMany({ where: { personId: { in: half } }, data: { departmentId: other.id } });
    await db.affiliation.updateMany({ where: { personId: { in: rest } }, data: { endsOn: new Date("2026-02-01") } });
    await db.person.updateMany({ where: { id: { in: half } }, data: { state: "RESIGNED" } });
    expect(await differences()).toEqual([]);
    const cards = await db.personCard.findMany({ where: { id: { in: people.map(({ id }) => id) } } });
    expect(cards.filter(({ departmentId, state }) => departmentId === other.id && state === "RESIGNED")).toHaveLength(500);
    expect(cards.filter(({ departmentId }) => departmentId === null)).toHaveLength(500);
    await db.affiliation.deleteMany({ where: { personId: { in: half } } });
    expect(await differences()).toEqual([]);
  });

  it("is whole when two sets change the same people from two sides", async () => {
    const people = await Promise.all(Array.from({ length: 20 }, (_, at) => join(`두 쪽${at}`)));
    const ids = people.map(({ id }) => id);
    await Promise.all([
      database.prisma.person.updateMany({ where: { id: { in: ids } }, data: { nameEn: "Both" } }),
      database.prisma.affiliation.updateMany({ where: { personId: { in: ids } }, data: { departmentId: other.id } }),
      database.prisma.title.update({ where: { id: title.id }, data: { name: "두 쪽 리더" } }),
    ]);
    expect(await differences()).toEqual([]);
    expect(await database.prisma.personCard.count({ where: { id: { in: ids }, nameEn: "Both", departmentId: other.id } })).toBe(20);
  });
});
