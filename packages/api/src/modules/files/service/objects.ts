import { PIPELINE, SIZES } from "@maru/platform/images";
import { sql } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import { ORIGINALS, originalKey, variantKey } from "../domain";

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
    const known = await tx.db.fileVariant.findMany({ where: { sha256 }, distinct: ["pipeline"], select: { pipeline: true } });
    // Pictures that were written by a process which then died have no rows yet.
    for (const pipeline of new Set([PIPELINE, ...known.map(({ pipeline }) => pipeline)])) {
      for (const size of SIZES) await tx.tools.storage.remove(variantKey(sha256, pipeline, String(size)));
    }
    await tx.tools.storage.remove(originalKey(sha256));
    await tx.db.fileVariant.deleteMany({ where: { sha256 } });
  });

const UNREFERENCED_KEPT_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 500;

const removeUnreferencedAmong = async (ctx: Ctx, hashes: readonly string[]): Promise<void> => {
  const { rows } = await sql<{ sha256: string }>`
    SELECT kept.sha256 FROM unnest(${hashes}::text[]) AS kept(sha256)
    WHERE NOT EXISTS (SELECT 1 FROM file WHERE file.sha256 = kept.sha256)`.execute(ctx.sql);
  // Each is asked about once more under its lock: an upload of the same content may be on its way.
  for (const { sha256 } of rows) await removeUnusedObjects(ctx, sha256);
};

/** Removes the originals that no file has named for a day, with what was made of them. */
export const removeUnreferencedOriginals = async (ctx: Ctx, signal: AbortSignal): Promise<void> => {
  let hashes: string[] = [];
  for await (const key of ctx.tools.storage.listOlder(ORIGINALS, new Date(ctx.now().getTime() - UNREFERENCED_KEPT_MS))) {
    signal.throwIfAborted();
    hashes.push(key.slice(key.lastIndexOf("/") + 1));
    if (hashes.length < AT_ONCE) continue;
    await removeUnreferencedAmong(ctx, hashes);
    hashes = [];
  }
  await removeUnreferencedAmong(ctx, hashes);
};
