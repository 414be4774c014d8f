import { newId } from "@maru/platform/crypto/id";
import type { Ctx, TxCtx } from "../../../../tools";
import { removeFilesOf } from "../../../files/service";
import { IMPORT_KEPT_MS, type PeopleExportView, type RequestPeopleExportInput, syncErrors } from "../../contract";
import { EXPORT_SUBJECT, IMPORT_SUBJECT } from "../../files/subjects";
import { exportPeople } from "../../jobs";

type Row = Awaited<ReturnType<TxCtx["db"]["syncExport"]["findFirstOrThrow"]>>;

const NONE: PeopleExportView = {
  state: "NONE",
  format: null,
  requestedAt: null,
  expiresAt: null,
  done: 0,
  total: 0,
  sizeBytes: 0,
  fileId: null,
};

const toView = ({ state, format, requestedAt, expiresAt, done, total, sizeBytes, fileId }: Row): PeopleExportView => ({
  state,
  format,
  requestedAt: requestedAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  done,
  total,
  sizeBytes: Number(sizeBytes),
  fileId: state === "READY" ? fileId : null,
});

/** The last file with people that the actor has asked for, and how far it is. */
export const getPeopleExport = async ({ db, actor }: Ctx): Promise<PeopleExportView> => {
  const row = await db.syncExport.findFirst({ where: { requestedById: actor.id }, orderBy: [{ requestedAt: "desc" }, { id: "desc" }] });
  return row ? toView(row) : NONE;
};

/** Asks for a file with people. Why stands in the log for good, with how many they were once it is made. */
export const requestPeopleExport = (ctx: Ctx, { format, reason, ...filter }: RequestPeopleExportInput): Promise<PeopleExportView> =>
  ctx.tx(async (tx) => {
    const pending = await tx.db.syncExport.findFirst({ where: { requestedById: tx.actor.id, state: "PENDING" } });
    if (pending) throw syncErrors.runUnderWay();
    const id = newId();
    const row = await tx.db.syncExport.create({
      data: { id, requestedById: tx.actor.id, requestedAt: tx.now(), format, filter },
    });
    tx.enqueue(exportPeople, { exportId: id });
    const details = { format, reason, ...filter };
    tx.record({ action: "sync.export.request", subjectType: EXPORT_SUBJECT, subjectId: id, details });
    return toView(row);
  });

const AT_ONCE = 100;
const STANDS_STILL_MS = 3 * 3_600_000;

/** Removes files that were kept long enough, those that were written and those that were read in, and gives up what stands still. */
export const removeOldFiles = (ctx: Ctx): Promise<void> =>
  ctx.tx(async (tx) => {
    const now = tx.now();
    const take = { take: AT_ONCE, select: { id: true } } as const;
    const exported = (await tx.db.syncExport.findMany({ where: { state: "READY", expiresAt: { lte: now } }, ...take })).map(({ id }) => id);
    await removeFilesOf(tx, { subjectType: EXPORT_SUBJECT, subjectIds: exported });
    await tx.db.syncExport.updateMany({ where: { id: { in: exported } }, data: { state: "EXPIRED", fileId: null } });
    await tx.db.syncExport.updateMany({
      where: { state: "PENDING", requestedAt: { lt: new Date(now.getTime() - STANDS_STILL_MS) } },
      data: { state: "FAILED", finishedAt: now },
    });
    const before = new Date(now.getTime() - IMPORT_KEPT_MS);
    const imported = (await tx.db.syncImport.findMany({ where: { uploadedAt: { lt: before } }, ...take })).map(({ id }) => id);
    await removeFilesOf(tx, { subjectType: IMPORT_SUBJECT, subjectIds: imported });
    await tx.db.syncImport.deleteMany({ where: { id: { in: imported } } });
  });
