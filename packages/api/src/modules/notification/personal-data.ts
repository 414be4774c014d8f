import { sql as raw } from "kysely";
import { type Counts, jsonEntry, type PersonalData, pagedRows, type Whom } from "../../personal-data";
import type { Ctx, TxCtx } from "../../tools";

const ownNotifications = ({ db }: Ctx, { personId }: Whom) =>
  pagedRows<{ readonly seq: number }>((after, take) =>
    db.notification.findMany({ where: { personId, seq: { gt: after?.seq ?? 0 } }, orderBy: { seq: "asc" }, take }),
  );

// Administrators were told of a change of her rights, and that sentence has her name.
const forgetName = async (tx: TxCtx, names: readonly string[], atMost: number): Promise<number> => {
  const { rows } = await raw`
    UPDATE notification SET details = jsonb_set(details, '{title}', '""') WHERE id IN (
      SELECT id FROM notification WHERE subject_type = 'identity.role-change' AND details->>'title' = any(${names}::text[]) LIMIT ${atMost}::int
    ) RETURNING 1`.execute(tx.sql);
  return rows.length;
};

const erasePerson = async (tx: TxCtx, { personId, names }: Whom, limit: number): Promise<Counts> => {
  const { count: own } = await tx.db.notification.deleteMany({ where: { personId }, limit });
  const { count: person_inbox } = await tx.db.personInbox.deleteMany({ where: { personId } });
  return { notification: own + (await forgetName(tx, names, limit)), person_inbox };
};

/** What a person was told goes with her. */
export const personalData: PersonalData = {
  module: "notification",
  columns: {
    "notification.person_id": "removed",
    "notification.actor_id": "kept: others were told what somebody did; the row names nobody any more",
    "person_inbox.person_id": "removed",
  },
  exportPerson: async function* (ctx, whom) {
    yield jsonEntry(ctx, "notification/notifications", ownNotifications(ctx, whom));
  },
  erasePerson,
};
