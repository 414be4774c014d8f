import type { Database } from "./client";
import { departmentSearchKeys, personSearchKeys } from "./search-keys";

const CHUNK = 500;

const fillPeople = async ({ prisma }: Pick<Database, "prisma">): Promise<number> => {
  const people = await prisma.person.findMany({
    where: { searchGrams: null },
    select: { id: true, name: true, nameEn: true, employeeNo: true, phone: true, mobile: true },
    take: CHUNK,
  });
  await prisma.$transaction(people.map(({ id, ...person }) => prisma.person.updateMany({ where: { id }, data: personSearchKeys(person) })));
  return people.length;
};

const fillDepartments = async ({ prisma }: Pick<Database, "prisma">): Promise<number> => {
  const departments = await prisma.department.findMany({ where: { searchText: null }, take: CHUNK });
  await prisma.$transaction(
    departments.map(({ id, ...department }) => prisma.department.updateMany({ where: { id }, data: departmentSearchKeys(department) })),
  );
  return departments.length;
};

/** Computes the search columns of people and departments that have none yet: those from before there were any. Gives how many. */
export const fillSearchKeys = async (database: Pick<Database, "prisma">): Promise<number> => {
  let filled = 0;
  for (const fill of [fillPeople, fillDepartments]) for (let count = CHUNK; count === CHUNK; filled += count) count = await fill(database);
  return filled;
};
