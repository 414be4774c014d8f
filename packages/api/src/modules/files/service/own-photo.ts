import type { Ctx } from "../../../tools";
import { changeOwnPerson } from "../../directory/service";
import { filesErrors } from "../contract";
import { attachFiles, detachFiles } from "../service";

const SUBJECT = "directory.person";

/** Gives the actor a photo, or takes hers away: a picture that she has uploaded, once its sizes are made. Colleagues see it from then on. */
export const setOwnPhoto = (ctx: Ctx, { fileId }: { fileId: string | null }): Promise<{ done: true }> =>
  ctx.tx(async (tx) => {
    const subjectId = tx.actor.id;
    if (fileId !== null) {
      await attachFiles(tx, { fileIds: [fileId], subjectType: SUBJECT, subjectId });
      if ((await tx.db.file.count({ where: { id: fileId, state: "READY", pipeline: { not: null } } })) === 0)
        throw filesErrors.variantNotFound();
    }
    const { photoFileId: former } = await changeOwnPerson(tx, { photoFileId: fileId });
    if (former) await detachFiles(tx, { fileIds: [former], subjectType: SUBJECT, subjectId });
    return { done: true };
  });
