import { newId } from "@maru/platform/crypto/id";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "./client";
import { fillSearchKeys } from "./fill-search-keys";
import { departmentSearchKeys, personSearchKeys } from "./search-keys";
import { createTestDatabase, type TestDatabase } from "./testing/database";
import { createDepartment } from "./testing/factories/department";
import { createPerson } from "./testing/factories/person";

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await createTestDatabase();
  database = openDatabase({ url: place.url, poolSize: 2, applicationName: "test", onError: () => undefined });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

it("computes what stands without it, more than one chunk, once, and leaves alone who was forgotten", async () => {
  const { prisma } = database;
  const words = { name: "개발1팀", nameEn: "Dev Team 1", code: "DEV-1", abbreviation: "개1" };
  const { id: departmentId } = await createDepartment(prisma, { ...words, searchText: null });
  await prisma.person.createMany({
    data: Array.from({ length: 501 }, (_, index) => ({ id: newId(), name: "홍길동", employeeNo: `N${index}` })),
  });
  const forgotten = await createPerson(prisma, { name: "탈퇴한 구성원", searchText: "", searchGrams: "" });

  expect(await fillSearchKeys(database)).toBe(502);
  const person = await prisma.person.findFirstOrThrow({ where: { employeeNo: "N500" } });
  expect(person).toMatchObject(personSearchKeys({ name: "홍길동", employeeNo: "N500" }));
  expect(await prisma.department.findUniqueOrThrow({ where: { id: departmentId } })).toMatchObject(departmentSearchKeys(words));
  expect(await prisma.person.findUniqueOrThrow({ where: { id: forgotten.id } })).toMatchObject({ searchText: "", searchGrams: "" });
  expect(await fillSearchKeys(database)).toBe(0);
});
