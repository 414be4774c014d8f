import { newId } from "@maru/platform/crypto/id";
import type { Prisma, PrismaReader } from "../../client";
import { createPerson } from "./person";
import { nextNumber } from "./sequence";

type Changes = Partial<Prisma.AccountUncheckedCreateInput>;

/** The account of a person, who is made when nobody is named. It has no password: give it a hash where a test signs in. */
export const createAccount = async (db: PrismaReader, changes: Changes = {}) => {
  const personId = changes.personId ?? (await createPerson(db)).id;
  return db.account.create({ data: { id: newId(), username: `user${nextNumber()}`, ...changes, personId } });
};
