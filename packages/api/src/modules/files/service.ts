import type { Readable } from "node:stream";
import type { ByteRange } from "@maru/platform/storage";
import { sql } from "kysely";
import { readableIds } from "../../subjects";
import type { Ctx, TxCtx } from "../../tools";
import { mayBeShown } from "./allowed-types";
import { type FileView, filesErrors, type Variant } from "./contract";
import { originalKey, variantKey, variantVersion } from "./domain";
import { removeObjects } from "./jobs";
import { type FileRow, findFileRow, findFileRows, findFileRowsOfSubjects, toFileView } from "./queries";

export type { Ctx } from "../../tools";
export { type FileRow, fileColumns, toFileView } from "./queries";
export { keepPhoto, makePhoto, removePhoto } from "./service/given-photo";
export { keepMadeFile, removeFilesOf } from "./service/made-files";
export { receiveFile } from "./service/receive-file";

type Place = { readonly subjectType: string; readonly subjectId: string };

// A token sees what its person has not attached yet only where it may upload, too.
const seesOwn = ({ tokenId, permissions }: Ctx["actor"]): boolean => tokenId === undefined || permissions.has("files.upload");

/** Those of the rows that the actor may read: own ones while they are attached to nothing, otherwise what their subject allows. */
const readableRows = async (ctx: Ctx, rows: readonly FileRow[]): Promise<FileRow[]> => {
  const subjectIds = new Map<string, Set<string>>();
  for (const { subject_type, subject_id } of rows) {
    if (subject_type && subject_id) subjectIds.set(subject_type, (subjectIds.get(subject_type) ?? new Set()).add(subject_id));
  }
  const readable = new Set<string>();
  for (const [subjectType, ids] of subjectIds) {
    for (const id of await readableIds(ctx, subjectType, [...ids])) readable.add(`${subjectType} ${id}`);
  }
  return rows.filter((row) => {
    if (row.subject_id) return readable.has(`${row.subject_type} ${row.subject_id}`);
    return row.owner_id === ctx.actor.id && seesOwn(ctx.actor);
  });
};

/** What the actor may not read is not there. */
const getReadableRow = async (ctx: Ctx, id: string): Promise<FileRow> => {
  const [row] = await readableRows(ctx, await findFileRow(ctx.pool, { id }));
  if (!row) throw filesErrors.fileNotFound();
  return row;
};

export const getFile = async (ctx: Ctx, { id }: { id: string }): Promise<FileView> => toFileView(await getReadableRow(ctx, id));

/** The files of these ids that the actor may read, in the order of the ids; for what names files without owning them, such as a draft. */
export const listReadableFiles = async (ctx: Ctx, ids: readonly string[]): Promise<FileView[]> => {
  if (ids.length === 0) return [];
  const rows = await readableRows(ctx, await findFileRows(ctx.pool, { ids: [...new Set(ids)] }));
  const byId = new Map(rows.map((row) => [row.id, toFileView(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};

/** The files of records of one kind, by record. The caller has made sure that the actor may read those records. */
export const listFilesOf = async (
  ctx: Pick<Ctx, "pool">,
  subjectType: string,
  subjectIds: readonly string[],
): Promise<Map<string, FileView[]>> => {
  const files = new Map<string, FileView[]>(subjectIds.map((id) => [id, []]));
  if (subjectIds.length === 0) return files;
  for (const row of await findFileRowsOfSubjects(ctx.pool, { subjectType, subjectIds: [...files.keys()] })) {
    if (row.subject_id) files.get(row.subject_id)?.push(toFileView(row));
  }
  return files;
};

type Attachable = {
  readonly id: string;
  readonly owner_id: string;
  readonly subject_type: string | null;
  readonly subject_id: string | null;
  readonly state: string;
};

/** Locked in one order, so that two who attach the same files don't wait for each other. */
const lockFiles = async (tx: TxCtx, fileIds: readonly string[]): Promise<readonly Attachable[]> => {
  const { rows } = await sql<Attachable>`
    SELECT id, owner_id, subject_type, subject_id, state::text AS state FROM file WHERE id = ANY(${fileIds}::uuid[]) ORDER BY id FOR UPDATE`.execute(
    tx.sql,
  );
  return rows;
};

/**
 * Makes files part of a record, inside the transaction that writes the record: own files that are attached to nothing, or those that the
 * record has already. Otherwise the whole transaction is refused.
 */
export const attachFiles = async (
  tx: TxCtx,
  { fileIds, subjectType, subjectId }: Place & { readonly fileIds: readonly string[] },
): Promise<void> => {
  const ids = [...new Set(fileIds)];
  if (ids.length === 0) return;
  const rows = await lockFiles(tx, ids);
  const isHere = (row: Attachable) => row.subject_type === subjectType && row.subject_id === subjectId;
  const isFree = (row: Attachable) => row.subject_id === null && row.owner_id === tx.actor.id && row.state !== "QUARANTINED";
  const attachable = new Set(rows.filter((row) => isHere(row) || isFree(row)).map(({ id }) => id));
  const refused = ids.filter((id) => !attachable.has(id));
  if (refused.length > 0) throw filesErrors.fileNotAttachable({ fileIds: refused });
  await tx.db.file.updateMany({ where: { id: { in: ids }, subjectId: null }, data: { subjectType, subjectId } });
};

/** Takes files off a record, or all of them when none is named. Their owner may attach them elsewhere for a day; then they are removed. */
export const detachFiles = async (
  tx: TxCtx,
  { fileIds, subjectType, subjectId }: Place & { readonly fileIds?: readonly string[] },
): Promise<void> => {
  const named = fileIds ? { id: { in: [...fileIds] } } : {};
  await tx.db.file.updateMany({ where: { ...named, subjectType, subjectId }, data: { subjectType: null, subjectId: null } });
};

/** Keeps own files that are attached to nothing until then, for something unfinished that names them. */
export const keepFiles = async (
  tx: TxCtx,
  { fileIds, until }: { readonly fileIds: readonly string[]; readonly until: Date },
): Promise<void> => {
  await tx.db.file.updateMany({ where: { id: { in: [...fileIds] }, ownerId: tx.actor.id, subjectId: null }, data: { keptUntil: until } });
};

/** Removes an own file that is attached to nothing. */
export const deleteFile = async (ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> => {
  const row = await getReadableRow(ctx, id);
  return ctx.tx(async (tx) => {
    const { count } = await tx.db.file.deleteMany({ where: { id, ownerId: tx.actor.id, subjectId: null } });
    if (count === 0) throw filesErrors.fileAttached();
    tx.enqueue(removeObjects, { sha256: row.sha256 });
    tx.record({ action: "files.file.delete", subjectType: "files.file", subjectId: id });
    return { done: true as const };
  });
};

export type OpenedFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** A strong validator: the same tag means the same bytes. */
  readonly etag: string;
  /** A browser may show it; otherwise it is a download. */
  readonly isShown: boolean;
  /** The word that stands in the address of a variant; null for originals. */
  readonly version: string | null;
  read(range?: ByteRange): Readable;
};

/** The bytes of a file, or of one of its pictures, for whoever may read what it is attached to. Asked for each time: an address grants nothing. */
export const openFile = async (ctx: Ctx, { id, variant }: { id: string; variant?: Variant }): Promise<OpenedFile> => {
  const row = await getReadableRow(ctx, id);
  if (row.state === "QUARANTINED") throw filesErrors.fileQuarantined();
  if (variant && (row.state !== "READY" || row.pipeline === null)) throw filesErrors.variantNotFound();
  const { storage } = ctx.tools;
  const version = variant ? variantVersion(row.sha256, row.pipeline ?? 0) : null;
  const key = variant ? variantKey(row.sha256, row.pipeline ?? 0, variant) : originalKey(row.sha256);
  const object = await storage.stat(key);
  if (!object) {
    ctx.log.error({ fileId: id, variant }, "the bytes of a file are missing");
    throw variant ? filesErrors.variantNotFound() : filesErrors.fileNotFound();
  }
  return {
    name: variant ? `${row.name.replace(/\.[^.]*$/, "")}-${variant}.webp` : row.name,
    mediaType: variant ? "image/webp" : row.media_type,
    sizeBytes: object.sizeBytes,
    etag: variant ? `"${version}-${variant}"` : `"${row.sha256.slice(0, 32)}"`,
    isShown: variant !== undefined || mayBeShown({ mediaType: row.media_type, state: row.state }),
    version,
    read: (range) => storage.read(key, range),
  };
};
