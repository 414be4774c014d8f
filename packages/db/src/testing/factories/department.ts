import { newId } from "@maru/platform/crypto/id";
import type { Prisma, PrismaReader } from "../../client";
import { departmentSearchKeys } from "../../search-keys";
import { nextNumber } from "./sequence";

type Changes = Partial<Omit<Prisma.DepartmentUncheckedCreateInput, "path">>;

/** A department, below `parentId` when that is given. */
export const createDepartment = async (db: PrismaReader, changes: Changes = {}) => {
  const number = nextNumber();
  const id = changes.id ?? newId();
  const parent = changes.parentId ? await db.department.findUniqueOrThrow({ where: { id: changes.parentId } }) : null;
  const path = parent ? `${parent.path}/${id}` : id;
  const data = {
    name: `부서${number}`,
    nameEn: `Department ${number}`,
    code: `D${number}`,
    abbreviation: `부${number}`,
    sortOrder: number,
    ...changes,
  };
  return db.department.create({ data: { ...departmentSearchKeys(data), ...data, id, path } });
};
