import { SIZES } from "@maru/platform/images";
import { sql } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import { originalKey, variantKey } from "../domain";

/**
 * One at a time works on the objects of a content. Uploads, pictures and removal share them, and a file system knows no transaction: under
 * this lock, what the rows say and what lies on the disk agree.
 */
export const lockContent = async (tx: Pick<TxCtx, "sql">, sha256: string): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`files.content ${sha256}`}, 0))::text`.execute(tx.sql);
};

/**
 * Removes the objects of a content that no file has. They go before the rows that name them: if this is cut off, the rows roll back and the
 * work is done again, and no upload in between trusts a picture without a file.
 */
export const removeUnusedObjects = (ctx: Pick<Ctx, "tx" | "tools">, sha256: string): Promise<void> =>
  ctx.tx(async (tx) => {
    await lockContent(tx, sha256);
    if (await tx.db.file.findFirst({ where: { sha256 }, select: { id: true } })) return;
    const pipelines = await tx.db.fileVariant.findMany({ where: { sha256 }, distinct: ["pipeline"], select: { pipeline: true } });
    for (const { pipeline } of pipelines) {
      for (const size of SIZES) await tx.tools.storage.remove(variantKey(sha256, pipeline, String(size)));
    }
    await tx.tools.storage.remove(originalKey(sha256));
    await tx.db.fileVariant.deleteMany({ where: { sha256 } });
  });
