import { newId } from "@maru/platform/crypto/id";
import { paragraphs } from "@maru/platform/rich-text";
import type { Prisma, PrismaReader } from "../../client";
import { createBoard } from "./board";
import { createPerson } from "./person";
import { nextNumber } from "./sequence";

type Changes = Partial<Omit<Prisma.PostUncheckedCreateInput, "body" | "comments">> & { text?: string };

/** A published post; its board and author are made when they are not named. */
export const createPost = async (db: PrismaReader, { text = "본문입니다.", ...changes }: Changes = {}) => {
  const boardId = changes.boardId ?? (await createBoard(db)).id;
  const authorId = changes.authorId ?? (await createPerson(db)).id;
  const data = { id: newId(), title: `글 ${nextNumber()}`, body: paragraphs(text), bodyText: text, publishedAt: new Date() };
  return db.post.create({ data: { ...data, ...changes, boardId, authorId } as Prisma.PostUncheckedCreateInput });
};
