import { type Counts, jsonEntry, type PersonalData, pagedRows, type Whom } from "../../personal-data";
import type { Ctx, TxCtx } from "../../tools";

const DECIDED = "kept: who decided about a run is part of its record; the row names nobody any more";

const ownItems = ({ db }: Ctx, { personId }: Whom) =>
  pagedRows<{ readonly runId: string; readonly seq: number }>((after, take) =>
    db.syncRunItem.findMany({
      where: { personId, ...(after ? { OR: [{ runId: { gt: after.runId } }, { runId: after.runId, seq: { gt: after.seq } }] } : {}) },
      orderBy: [{ runId: "asc" }, { seq: "asc" }],
      take,
    }),
  );

const ownLinks = ({ db }: Ctx, { personId }: Whom) =>
  pagedRows<{ readonly externalId: string }>((after, take) =>
    db.syncLink.findMany({
      where: { personId, ...(after ? { externalId: { gt: after.externalId } } : {}) },
      orderBy: { externalId: "asc" },
      take,
    }),
  );

const erasePerson = async ({ db }: TxCtx, { personId }: Whom, limit: number): Promise<Counts> => {
  const { count: sync_run_item } = await db.syncRunItem.deleteMany({ where: { personId }, limit });
  const { count: sync_link } = await db.syncLink.deleteMany({ where: { personId }, limit });
  return { sync_run_item, sync_link };
};

/** Who a person is in a directory, and what its readings changed of her. */
export const personalData: PersonalData = {
  module: "sync",
  columns: {
    "sync_source.updated_by_id": "kept: who set a source up is part of its record; the row names nobody any more",
    "sync_run.requested_by_id": DECIDED,
    "sync_run.approved_by_id": DECIDED,
    "sync_import.uploaded_by_id": DECIDED,
    "sync_export.requested_by_id": DECIDED,
    "sync_run_item.person_id": "removed",
    "sync_link.person_id": "removed",
  },
  exportPerson: async function* (ctx, whom) {
    yield jsonEntry(ctx, "sync/links", ownLinks(ctx, whom));
    yield jsonEntry(ctx, "sync/changes", ownItems(ctx, whom));
  },
  erasePerson,
};
