import { type Counts, jsonEntry, type PersonalData, pagedRows, type Whom } from "../../personal-data";
import type { Ctx, TxCtx } from "../../tools";
import { removeFilesOf } from "../files/service";
import { EXPORT_SUBJECT } from "./domain";

const EVIDENCE = "kept: it proves that she was erased, and names her by an id that leads to nothing";

const ownConsents = ({ db }: Ctx, { personId }: Whom) =>
  pagedRows<{ readonly id: string }>((after, take) =>
    db.consent.findMany({
      where: { personId, ...(after ? { id: { gt: after.id } } : {}) },
      include: { document: true },
      orderBy: { id: "asc" },
      take,
    }),
  );
const ownExports = ({ db }: Ctx, { personId }: Whom) =>
  pagedRows<{ readonly id: string }>((after, take) =>
    db.personExport.findMany({ where: { personId, ...(after ? { id: { gt: after.id } } : {}) }, orderBy: { id: "asc" }, take }),
  );

const erasePerson = async (tx: TxCtx, { personId }: Whom, take: number): Promise<Counts> => {
  const exports = await tx.db.personExport.findMany({ where: { personId }, take, select: { id: true } });
  const ids = exports.map(({ id }) => id);
  const file = await removeFilesOf(tx, { subjectType: EXPORT_SUBJECT, subjectIds: ids });
  const { count: person_export } = await tx.db.personExport.deleteMany({ where: { id: { in: ids } } });
  return { file, person_export };
};

/** What a person has agreed to, and the copies that were made of everything about her. */
export const personalData: PersonalData = {
  module: "privacy",
  columns: {
    "privacy_document.published_by_id": "kept: who published a text is part of the proof; the row names nobody any more",
    "consent.person_id": "kept: it proves that what was done with her data was agreed to; the row names nobody any more",
    "person_export.person_id": "removed",
    "erasure.account_id": EVIDENCE,
    "erasure.person_id": EVIDENCE,
    "erasure.requested_by_id": EVIDENCE,
  },
  exportPerson: async function* (ctx, whom) {
    yield jsonEntry(ctx, "privacy/consents", ownConsents(ctx, whom));
    yield jsonEntry(ctx, "privacy/exports", ownExports(ctx, whom));
  },
  erasePerson,
};
