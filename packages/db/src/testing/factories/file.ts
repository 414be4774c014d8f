import { createHash } from "node:crypto";
import { newId } from "@maru/platform/crypto/id";
import type { Prisma, PrismaReader } from "../../client";
import { createPerson } from "./person";
import { nextNumber } from "./sequence";

type Changes = Partial<Prisma.FileUncheckedCreateInput>;

/** The row of an uploaded picture, without its bytes: attached to nothing unless a subject is named. */
export const createFile = async (db: PrismaReader, changes: Changes = {}) => {
  const number = nextNumber();
  const ownerId = changes.ownerId ?? (await createPerson(db)).id;
  const sha256 = createHash("sha256").update(`file ${number}`).digest("hex");
  const data = { id: newId(), name: `사진 ${number}.png`, mediaType: "image/png", sizeBytes: 1_000, sha256, state: "READY" as const };
  return db.file.create({ data: { ...data, ...changes, ownerId } });
};
