import { newId } from "@maru/platform/crypto/id";
import type { Prisma, PrismaReader } from "../../client";
import { personSearchKeys } from "../../search-keys";
import { nextNumber } from "./sequence";

type Changes = Partial<Prisma.PersonUncheckedCreateInput> & {
  /** Gives the person a primary place there. */
  departmentId?: string;
  titleId?: string;
};

/** A person, without a place unless a department is named. */
export const createPerson = async (db: PrismaReader, { departmentId, titleId, ...changes }: Changes = {}) => {
  const number = nextNumber();
  const name = changes.name ?? `사람${number}`;
  const employeeNo = changes.employeeNo === undefined ? `T${number}` : changes.employeeNo;
  const person = await db.person.create({
    data: {
      id: newId(),
      employeeNo,
      ...personSearchKeys({ ...changes, name, employeeNo }),
      ...changes,
      name,
    },
  });
  if (departmentId) {
    await db.affiliation.create({
      data: { id: newId(), personId: person.id, departmentId, titleId, isPrimary: true, startsOn: new Date("2024-01-01") },
    });
  }
  return person;
};
