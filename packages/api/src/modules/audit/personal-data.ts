import { sql as raw } from "kysely";
import { jsonEntry, type PersonalData, pagedRows, type Whom } from "../../personal-data";
import type { Ctx } from "../../tools";
import { listEntriesOf } from "./queries";

const entriesBy = (ctx: Ctx, { personId }: Whom) =>
  pagedRows<Awaited<ReturnType<typeof listEntriesOf>>[number]>((after, limit) =>
    listEntriesOf(ctx.sql, raw<boolean>`e.actor_id = ${personId}::uuid`, after, limit),
  );

const entriesAbout = (ctx: Ctx, { personId, accountId }: Whom) =>
  pagedRows<Awaited<ReturnType<typeof listEntriesOf>>[number]>((after, limit) =>
    listEntriesOf(
      ctx.sql,
      raw<boolean>`(e.subject_type, e.subject_id) IN (('directory.person', ${personId}), ('identity.account', ${accountId ?? ""}),
        ('factor.account', ${accountId ?? ""}))`,
      after,
      limit,
    ),
  );

/** What the audit log tells of a person. Nothing of it is ever erased before its time. */
export const personalData: PersonalData = {
  module: "audit",
  columns: { "audit_entry.actor_id": "kept: the log proves what was done, also to her; it is append-only and ends with its retention" },
  exportPerson: async function* (ctx, whom) {
    yield jsonEntry(ctx, "audit/by-you", entriesBy(ctx, whom));
    yield jsonEntry(ctx, "audit/about-you", entriesAbout(ctx, whom));
  },
  erasePerson: async () => ({}),
};
