import type { TxCtx } from "../../../tools";
import { lockOrganisation, tellPeopleChanged } from "./roster-set";

type GivenPhoto = { readonly personId: string; readonly sourceId: string; readonly photoFileId: string | null };

/**
 * Gives somebody the photo that a source has of her, or takes it away again when the source has none any more. Gives the file that she had from
 * it until then; null, and nothing is changed, where she shows a photo that this source has not given.
 */
export const givePhoto = async (
  tx: TxCtx,
  { personId: id, sourceId, photoFileId }: GivenPhoto,
): Promise<{ readonly formerFileId: string | null } | null> => {
  await lockOrganisation(tx);
  const select = { photoFileId: true, photoSourceId: true };
  const before = await tx.db.person.findUnique({ where: { id }, select });
  if (!before || (before.photoFileId !== null && before.photoSourceId !== sourceId)) return null;
  const photoSourceId = photoFileId === null ? null : sourceId;
  await tx.db.person.update({ where: { id }, data: { photoFileId, photoSourceId } });
  const details = { before: { photoFileId: before.photoFileId }, after: { photoFileId } };
  tx.record({ action: "directory.person.change", subjectType: "directory.person", subjectId: id, details });
  tellPeopleChanged(tx, [id]);
  return { formerFileId: before.photoFileId };
};
