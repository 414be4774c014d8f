import type { Readable } from "node:stream";
import { SYSTEM_ACTOR_ID } from "@maru/db/context";
import { newId } from "@maru/platform/crypto/id";
import type { Ctx, TxCtx } from "../../../tools";
import { originalKey, quarantineKey } from "../domain";
import { removeObjects } from "../jobs";
import { lockContent } from "./objects";

type MadeFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly stream: Readable;
};

/**
 * Keeps a file that Maru has made itself, as part of a record that decides who may read it. It is nobody's: it does not count as what a
 * person has uploaded. `settle` commits what follows in the same transaction.
 */
export const keepMadeFile = async (
  ctx: Ctx,
  { stream, ...place }: MadeFile,
  settle: (tx: TxCtx, kept: { readonly fileId: string; readonly sizeBytes: number }) => Promise<void>,
): Promise<void> => {
  const { storage } = ctx.tools;
  const written = quarantineKey(newId());
  try {
    const { sha256, sizeBytes } = await storage.write(written, stream);
    await ctx.tx(async (tx) => {
      await lockContent(tx, sha256);
      await storage.move(written, originalKey(sha256));
      const fileId = newId();
      await tx.db.file.create({ data: { id: fileId, ownerId: SYSTEM_ACTOR_ID, sha256, sizeBytes, state: "READY", ...place } });
      await settle(tx, { fileId, sizeBytes });
    });
  } finally {
    await storage.remove(written);
  }
};

/** Removes the files of these records, with their bytes. Returns how many. */
export const removeFilesOf = async (
  tx: TxCtx,
  { subjectType, subjectIds }: { readonly subjectType: string; readonly subjectIds: readonly string[] },
): Promise<number> => {
  const where = { subjectType, subjectId: { in: [...subjectIds] } };
  const files = await tx.db.file.findMany({ where, select: { id: true, sha256: true } });
  await tx.db.file.deleteMany({ where: { id: { in: files.map(({ id }) => id) } } });
  for (const sha256 of new Set(files.map((file) => file.sha256))) tx.enqueue(removeObjects, { sha256 });
  return files.length;
};
