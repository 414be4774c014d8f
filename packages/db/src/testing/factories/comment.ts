import { newId } from "@maru/platform/crypto/id";
import { paragraphs } from "@maru/platform/rich-text";
import type { Prisma, PrismaReader } from "../../client";
import { createPerson } from "./person";
import { createPost } from "./post";

type Changes = Partial<Omit<Prisma.CommentUncheckedCreateInput, "body">> & { text?: string };

/** A comment; its post and author are made when they are not named. The post's counter is left alone. */
export const createComment = async (db: PrismaReader, { text = "댓글입니다.", ...changes }: Changes = {}) => {
  const postId = changes.postId ?? (await createPost(db)).id;
  const authorId = changes.authorId ?? (await createPerson(db)).id;
  const data = { id: newId(), body: paragraphs(text), bodyText: text };
  return db.comment.create({ data: { ...data, ...changes, postId, authorId } as Prisma.CommentUncheckedCreateInput });
};
