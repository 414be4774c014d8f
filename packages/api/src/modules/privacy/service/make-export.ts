import { Readable } from "node:stream";
import { type ArchiveEntry, zipOf } from "@maru/platform/archive";
import type { Whom } from "../../../personal-data";
import type { Ctx } from "../../../tools";
import { keepMadeFile } from "../../files/service";
import { EXPORT_KEPT_MS } from "../contract";
import { EXPORT_SUBJECT, exportFileName } from "../domain";
import { exportReady } from "../events";
import { expireExports } from "./exports";
import { findWhom } from "./whom";

const NOTED_EVERY_MS = 1_000;

const README = `마루가 나에 대해 알고 있는 모든 것이에요. 폴더마다 한 영역이고, 표는 JSON(UTF-8)이에요. files 폴더에는 올린 파일의 원본이 있어요.
비밀번호와 토큰은 들어 있지 않아요. 서버에도 되돌릴 수 없는 형태로만 있어요.

Everything that Maru knows about you. Each folder is one area; tables are JSON in UTF-8. The folder files holds the originals of what you
uploaded. Passwords and tokens are not in here: the server itself does not have them in a readable form.
`;

const readme = (ctx: Ctx): ArchiveEntry => ({
  name: "README.txt",
  modifiedAt: ctx.now(),
  isPacked: false,
  open: () => Readable.from([README], { objectMode: false }),
});

/** What the page shows meanwhile, written at most once a second. It also says that the work has not stood still. */
const createProgress = (ctx: Ctx, id: string) => {
  const progress = { partsDone: 0, entryCount: 0 };
  let notedAt = 0;
  const write = async () => {
    notedAt = Date.now();
    await ctx.db.personExport.updateMany({ where: { id, state: "PENDING" }, data: { ...progress, movedAt: ctx.now() } });
  };
  return {
    entryDone: async () => {
      progress.entryCount += 1;
      if (Date.now() - notedAt >= NOTED_EVERY_MS) await write();
    },
    partDone: async () => {
      progress.partsDone += 1;
      await write();
    },
    counted: () => progress.entryCount,
  };
};

/** Everything about a person, module after module. */
async function* entriesOf(ctx: Ctx, whom: Whom, progress: ReturnType<typeof createProgress>): AsyncGenerator<ArchiveEntry> {
  yield readme(ctx);
  for (const { exportPerson } of ctx.tools.personalData) {
    for await (const entry of exportPerson(ctx, whom)) {
      yield entry;
      await progress.entryDone();
    }
    await progress.partDone();
  }
}

/**
 * Makes the file with everything about a person, while it is written. A worker that is killed leaves nothing of it, and the next one begins
 * anew; what was made before is removed when this one stands.
 */
export const makeExport = async (ctx: Ctx, { exportId: id }: { exportId: string }, signal: AbortSignal): Promise<void> => {
  const row = await ctx.db.personExport.findUnique({ where: { id } });
  const whom = row?.state === "PENDING" ? await findWhom(ctx, row.personId) : null;
  if (!whom) return;
  const { personId } = whom;
  const progress = createProgress(ctx, id);
  const stream = zipOf(entriesOf(ctx, whom, progress), signal);
  const file = { name: exportFileName(ctx.now()), mediaType: "application/zip", subjectType: EXPORT_SUBJECT, subjectId: id, stream };
  await keepMadeFile(ctx, file, async (tx, { fileId, sizeBytes }) => {
    const now = tx.now();
    const expiresAt = new Date(now.getTime() + EXPORT_KEPT_MS);
    const partsDone = tx.tools.personalData.length;
    const { count } = await tx.db.personExport.updateMany({
      where: { id, state: "PENDING" },
      data: { state: "READY", fileId, sizeBytes, finishedAt: now, expiresAt, partsDone, entryCount: progress.counted() },
    });
    // It was given up meanwhile, or its person erased: then nothing of this file is kept.
    if (count === 0) throw new Error("nobody waits for this export any more");
    const former = await tx.db.personExport.findMany({ where: { personId, state: "READY", id: { not: id } }, select: { id: true } });
    await expireExports(
      tx,
      former.map((one) => one.id),
    );
    tx.record({ action: "privacy.export.finish", subjectType: EXPORT_SUBJECT, subjectId: id, details: { sizeBytes } });
    tx.emit(exportReady, { exportId: id, personId });
  });
};
