import { newId } from "@maru/platform/crypto/id";
import type { Prisma, PrismaReader } from "../../client";
import { nextNumber } from "./sequence";

type Changes = Partial<Prisma.RankUncheckedCreateInput>;

/** A rank (직급). */
export const createRank = (db: PrismaReader, changes: Changes = {}) => {
  const number = nextNumber();
  return db.rank.create({ data: { id: newId(), name: `직급${number}`, nameEn: `Rank ${number}`, sortOrder: number, ...changes } });
};
