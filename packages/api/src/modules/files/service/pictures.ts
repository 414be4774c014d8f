import { type MadeImage, PIPELINE } from "@maru/platform/images";
import { sql } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import type { FileReason } from "../contract";
import { variantKey } from "../domain";
import { variantsMade } from "../events";
import { removeObjects } from "../jobs";
import { type FileRow, findFileRow } from "../queries";
import { lockContent } from "./objects";

/** The file when its pictures are still owed. */
export const findPendingPicture = async (ctx: Ctx, fileId: string): Promise<FileRow | null> => {
  const [row] = await findFileRow(ctx.pool, { id: fileId });
  return row?.state === "PENDING" ? row : null;
};

/** Every file of this content that waits, those uploaded meanwhile included. */
const waitingIds = async (tx: TxCtx, sha256: string): Promise<string[]> => {
  const waiting = await tx.db.file.findMany({ where: { sha256, state: "PENDING" }, select: { id: true } });
  return waiting.map(({ id }) => id);
};

/** Writes the pictures of a content and their rows; whoever calls this holds the lock of the content. */
export const storeVariants = async (tx: TxCtx, sha256: string, { variants }: MadeImage): Promise<void> => {
  for (const { name, bytes } of variants) await tx.tools.storage.write(variantKey(sha256, PIPELINE, name), bytes);
  const rows = variants.map(
    ({ name, width, height, bytes }) =>
      sql`(${sha256}, ${PIPELINE}::int, ${name}, ${width}::int, ${height}::int, ${bytes.byteLength}::int)`,
  );
  await sql`INSERT INTO file_variant (sha256, pipeline, variant, width, height, size_bytes) VALUES ${sql.join(rows)}
    ON CONFLICT (sha256, pipeline, variant) DO UPDATE SET width = excluded.width, height = excluded.height, size_bytes = excluded.size_bytes
    RETURNING 1`.execute(tx.sql);
};

/**
 * Stores the pictures of a content and makes every file ready that waits for them. A second run finds nobody waiting and changes nothing;
 * when the last file went away meanwhile, nothing is stored.
 */
export const keepPictures = (ctx: Ctx, sha256: string, image: MadeImage): Promise<void> =>
  ctx.tx(async (tx) => {
    await lockContent(tx, sha256);
    const ids = await waitingIds(tx, sha256);
    if (ids.length === 0) return;
    await storeVariants(tx, sha256, image);
    const { width, height, thumbhash } = image;
    await tx.db.file.updateMany({
      where: { id: { in: ids } },
      data: { state: "READY", reason: null, width, height, thumbhash, pipeline: PIPELINE },
    });
    for (const fileId of ids) tx.emit(variantsMade, { fileId });
  });

/** Says why a content has no pictures, to every file that waits for them. */
export const refusePictures = (
  ctx: Ctx,
  sha256: string,
  verdict: { state: "UNSUPPORTED" | "QUARANTINED"; reason: FileReason },
): Promise<void> =>
  ctx.tx(async (tx) => {
    await lockContent(tx, sha256);
    const ids = await waitingIds(tx, sha256);
    if (ids.length === 0) return;
    await tx.db.file.updateMany({ where: { id: { in: ids } }, data: { ...verdict, pipeline: PIPELINE } });
    for (const id of ids) tx.record({ action: "files.file.refuse", subjectType: "files.file", subjectId: id, details: verdict });
  });

const KEPT_UNATTACHED_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 500;

/** Removes the files that have been attached to nothing for a day; their objects follow as jobs. Returns how many. */
export const removeUnattachedFiles = (ctx: Ctx): Promise<number> =>
  ctx.tx(async (tx) => {
    const before = new Date(tx.now().getTime() - KEPT_UNATTACHED_MS);
    const { rows } = await sql<{ sha256: string }>`
      DELETE FROM file WHERE id IN (
        SELECT id FROM file WHERE subject_id IS NULL AND updated_at < ${before}::timestamptz
          AND (kept_until IS NULL OR kept_until < ${tx.now()}::timestamptz) ORDER BY updated_at LIMIT ${AT_ONCE}::int FOR UPDATE SKIP LOCKED
      ) RETURNING sha256`.execute(tx.sql);
    for (const sha256 of new Set(rows.map((row) => row.sha256))) tx.enqueue(removeObjects, { sha256 });
    return rows.length;
  });
