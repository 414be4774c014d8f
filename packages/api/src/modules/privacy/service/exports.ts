import { newId } from "@maru/platform/crypto/id";
import type { Ctx, TxCtx } from "../../../tools";
import { removeFilesOf } from "../../files/service";
import type { ExportView } from "../contract";
import { EXPORT_SUBJECT } from "../domain";
import { makeExport } from "../jobs";

type Row = Awaited<ReturnType<TxCtx["db"]["personExport"]["findFirstOrThrow"]>>;

const NONE: ExportView = {
  state: "NONE",
  requestedAt: null,
  finishedAt: null,
  expiresAt: null,
  partsDone: 0,
  partCount: 0,
  entryCount: 0,
  sizeBytes: 0,
  fileId: null,
};

const toView = (row: Row): ExportView => ({
  state: row.state,
  requestedAt: row.requestedAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  partsDone: row.partsDone,
  partCount: row.partCount,
  entryCount: row.entryCount,
  sizeBytes: Number(row.sizeBytes),
  fileId: row.state === "READY" ? row.fileId : null,
});

const findLast = ({ db }: Pick<TxCtx, "db"> | Pick<Ctx, "db">, personId: string): Promise<Row | null> =>
  db.personExport.findFirst({ where: { personId }, orderBy: [{ requestedAt: "desc" }, { id: "desc" }] });

/** The last export that the actor has asked for. */
export const getExport = async (ctx: Ctx): Promise<ExportView> => {
  const row = await findLast(ctx, ctx.actor.id);
  return row ? toView(row) : NONE;
};

/** Asks for a file with everything about the actor. Whoever asks again while it is being made is told of that one. */
export const requestExport = (ctx: Ctx): Promise<ExportView> =>
  ctx.tx(async (tx) => {
    const personId = tx.actor.id;
    const [created] = await tx.db.personExport.createManyAndReturn({
      data: { id: newId(), personId, requestedAt: tx.now(), movedAt: tx.now(), partCount: tx.tools.personalData.length },
      skipDuplicates: true,
    });
    if (!created) return toView(await tx.db.personExport.findFirstOrThrow({ where: { personId, state: "PENDING" } }));
    tx.enqueue(makeExport, { exportId: created.id });
    tx.record({ action: "privacy.export.request", subjectType: EXPORT_SUBJECT, subjectId: created.id });
    return toView(created);
  });

/** Ends these exports and removes their files. */
export const expireExports = async (tx: TxCtx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await removeFilesOf(tx, { subjectType: EXPORT_SUBJECT, subjectIds: ids });
  await tx.db.personExport.updateMany({ where: { id: { in: [...ids] } }, data: { state: "EXPIRED", fileId: null } });
};

const AT_ONCE = 200;
const STANDS_STILL_MS = 3 * 60 * 60 * 1000;

/** Removes the files that were kept long enough, and gives up what has stood still: its person may ask again. */
export const endOldExports = (ctx: Ctx): Promise<void> =>
  ctx.tx(async (tx) => {
    const now = tx.now();
    const old = await tx.db.personExport.findMany({
      where: { state: "READY", expiresAt: { lte: now } },
      take: AT_ONCE,
      select: { id: true },
    });
    await expireExports(
      tx,
      old.map(({ id }) => id),
    );
    const before = new Date(now.getTime() - STANDS_STILL_MS);
    await tx.db.personExport.updateMany({
      where: { state: "PENDING", movedAt: { lt: before } },
      data: { state: "FAILED", finishedAt: now },
    });
  });
