import { newId } from "@maru/platform/crypto/id";
import type { Prisma, PrismaReader } from "../../client";
import { nextNumber } from "./sequence";

type Changes = Partial<Prisma.TitleUncheckedCreateInput>;

/** A duty (직책). */
export const createTitle = (db: PrismaReader, changes: Changes = {}) => {
  const number = nextNumber();
  return db.title.create({ data: { id: newId(), name: `직책${number}`, nameEn: `Title ${number}`, sortOrder: number, ...changes } });
};
