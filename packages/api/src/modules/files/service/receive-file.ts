import { Readable } from "node:stream";
import { isDatabaseDown } from "@maru/db/client";
import { newId } from "@maru/platform/crypto/id";
import { AppError, isAppError } from "@maru/platform/errors";
import { PIPELINE } from "@maru/platform/images";
import type { StoredObject } from "@maru/platform/storage";
import { sql } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import { allowedTypeOf, firstState, judgeContent } from "../allowed-types";
import { type FileView, filesErrors, filesPermissions, MAX_FILE_BYTES, MAX_PERSON_BYTES } from "../contract";
import { cleanName, originalKey, quarantineKey } from "../domain";
import { generateThumbnail } from "../jobs";
import { findFileRow, toFileView } from "../queries";
import { lockContent, removeUnusedObjects } from "./objects";

const [UPLOAD] = filesPermissions;

type Upload = {
  /** As the client says it. */
  readonly name: string;
  readonly stream: Readable;
  /** What the client announced, when it did; what arrives is counted. */
  readonly declaredSize: number | null;
};

/** Passes on what is within the limit and stops reading at it. The source stays open: the door still has to answer through it. */
async function* limited(source: Readable): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of source.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Uint8Array;
    sizeBytes += bytes.byteLength;
    if (sizeBytes > MAX_FILE_BYTES) throw filesErrors.tooLarge({ limitBytes: MAX_FILE_BYTES });
    yield bytes;
  }
}

const refuseDeclaredSize = (declaredSize: number | null): void => {
  if (declaredSize === 0) throw filesErrors.emptyFile();
  if (declaredSize !== null && declaredSize > MAX_FILE_BYTES) throw filesErrors.tooLarge({ limitBytes: MAX_FILE_BYTES });
};

const usedBytes = async (db: Pick<TxCtx["db"], "file">, ownerId: string): Promise<number> => {
  const { _sum } = await db.file.aggregate({ where: { ownerId }, _sum: { sizeBytes: true } });
  return Number(_sum.sizeBytes ?? 0);
};

const refuseOverQuota = async (db: Pick<TxCtx["db"], "file">, ownerId: string, addedBytes: number): Promise<void> => {
  const used = await usedBytes(db, ownerId);
  if (used + addedBytes > MAX_PERSON_BYTES) throw filesErrors.quotaExceeded({ usedBytes: used, limitBytes: MAX_PERSON_BYTES });
};

const quarantine = async (ctx: Ctx, key: string, stream: Readable): Promise<StoredObject> => {
  try {
    return await ctx.tools.storage.write(key, Readable.from(limited(stream), { objectMode: false }));
  } catch (error) {
    throw isAppError(error) && error.code === "storage.full" ? filesErrors.storageFull() : error;
  }
};

type Received = StoredObject & { readonly quarantined: string; readonly name: string; readonly mediaType: string };

/** What the worker has found out about this very content already; then it need not look again. */
const knownPicture = async (tx: TxCtx, sha256: string) => {
  const twin = await tx.db.file.findFirst({
    where: { sha256, state: "READY", pipeline: PIPELINE },
    select: { mediaType: true, width: true, height: true, thumbhash: true, pipeline: true },
  });
  return twin ? { ...twin, state: "READY" as const, reason: null } : null;
};

/** Moves the content to its place and commits its row: one without the other is seen by nobody. */
const keep = async (tx: TxCtx, { sha256, sizeBytes, quarantined, name, mediaType }: Received): Promise<{ id: string; sha256: string }> => {
  const id = newId();
  const ownerId = tx.actor.id;
  await lockContent(tx, sha256);
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`files.owner ${ownerId}`}, 0))::text`.execute(tx.sql);
  await refuseOverQuota(tx.db, ownerId, sizeBytes);
  const first = firstState(mediaType);
  const known = first.state === "PENDING" ? await knownPicture(tx, sha256) : null;
  await tx.tools.storage.move(quarantined, originalKey(sha256));
  await tx.db.file.create({ data: { id, ownerId, name, mediaType, sizeBytes, sha256, ...(known ?? first) } });
  if (first.state === "PENDING" && !known) tx.enqueue(generateThumbnail, { fileId: id });
  tx.record({ action: "files.file.upload", subjectType: "files.file", subjectId: id, details: { mediaType, sizeBytes, sha256 } });
  return { id, sha256 };
};

/**
 * Takes in one upload: counted while it streams into quarantine, judged by its bytes, and only then kept as a file of the actor. Whatever
 * goes wrong on the way, nothing of it stays.
 */
export const receiveFile = async (ctx: Ctx, { name: rawName, stream, declaredSize }: Upload): Promise<FileView> => {
  if (!ctx.actor.permissions.has(UPLOAD)) throw new AppError("forbidden", "common.forbidden");
  const name = cleanName(rawName);
  const type = allowedTypeOf(name);
  refuseDeclaredSize(declaredSize);
  await refuseOverQuota(ctx.db, ctx.actor.id, declaredSize ?? 0);
  const { storage } = ctx.tools;
  const quarantined = quarantineKey(newId());
  try {
    const stored = await quarantine(ctx, quarantined, stream);
    if (stored.sizeBytes === 0) throw filesErrors.emptyFile();
    const mediaType = await judgeContent(type, { sizeBytes: stored.sizeBytes, read: (range) => storage.read(quarantined, range) });
    const kept = await ctx
      .tx((tx) => keep(tx, { ...stored, quarantined, name, mediaType }))
      .catch(async (error: unknown) => {
        // The content may have been moved to its place before the transaction failed. Without a database nobody knows; the sweep will.
        if (!isDatabaseDown(error)) await removeUnusedObjects(ctx, stored.sha256).catch(() => {});
        throw error;
      });
    // The answer stored under an idempotency key is an answer to the same bytes only.
    if (kept.sha256 !== stored.sha256) throw new AppError("conflict", "common.idempotencyKeyReused");
    const [row] = await findFileRow(ctx.pool, { id: kept.id });
    if (!row) throw filesErrors.fileNotFound();
    return toFileView(row);
  } finally {
    await storage.remove(quarantined);
  }
};
