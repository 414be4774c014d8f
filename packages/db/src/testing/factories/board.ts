import { newId } from "@maru/platform/crypto/id";
import type { Prisma, PrismaReader } from "../../client";
import { nextNumber } from "./sequence";

type Changes = Partial<Prisma.BoardUncheckedCreateInput>;

/** A board that everybody reads and posts on, unless told otherwise. */
export const createBoard = (db: PrismaReader, changes: Changes = {}) => {
  const number = nextNumber();
  const data = { id: newId(), slug: `board-${number}`, name: `게시판${number}`, nameEn: `Board ${number}`, sortOrder: number };
  return db.board.create({ data: { ...data, ...changes } });
};
