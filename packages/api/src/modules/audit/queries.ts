import type { Sql } from "@maru/db/client";
import { SYSTEM_ACTOR_ID } from "@maru/db/context";
import { definePrepared } from "@maru/db/prepared";
import { type RawBuilder, sql as raw, type SqlBool } from "kysely";
import { type PersonRow, personColumns, personViewOfRow } from "../directory/service";
import { GUEST_ACTOR, type SubjectName } from "../identity/service";
import type { ChainStart, Entry } from "./chain";
import type { EntryFilters, EntryView } from "./contract";
import type { EntryPlace } from "./domain";
import type { SealedRow } from "./verifier";

const hex = (column: string): RawBuilder<string> => raw<string>`encode(${raw.ref(column)}, 'hex')`;

const entryColumns = ["e.id", "e.at", "e.actor_id", "e.action", "e.subject_type", "e.subject_id", "e.details", "e.request_id"] as const;
type EntryRow = {
  readonly id: string;
  readonly at: Date;
  readonly actor_id: string | null;
  readonly action: string;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly details: unknown;
  readonly request_id: string | null;
};
export const toEntry = (row: EntryRow): Entry => ({
  id: row.id,
  at: row.at,
  actorId: row.actor_id,
  action: row.action,
  subjectType: row.subject_type,
  subjectId: row.subject_id,
  details: row.details,
  requestId: row.request_id,
});

const checkpoints = (sql: Sql) =>
  sql
    .selectFrom("audit_checkpoint")
    .select(["seq", "created_at", hex("code").as("code"), hex("signature").as("signature")])
    .orderBy("seq", "desc")
    .limit(1);

/** Where retention stopped, if it has ever taken anything away. */
export const lastCheckpoint = definePrepared<Record<string, never>>()((sql) => checkpoints(sql));

/** The last seal; after retention has taken all of them, where it stopped. Undefined before the first. */
export const findHead = async (sql: Sql): Promise<ChainStart | undefined> =>
  (await sql
    .selectFrom("audit_seal")
    .select(["seq", hex("code").as("code")])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst()) ?? (await checkpoints(sql).executeTakeFirst());

export const countUnsealed = async (sql: Sql): Promise<number> => {
  const { rows } = await raw<{ count: number }>`SELECT count(*)::int AS count FROM audit_unsealed`.execute(sql);
  return rows[0]?.count ?? 0;
};

/** The ids that wait for a seal, in the order in which they were made, behind one of them. */
export const listWaiting = async (sql: Sql, afterId: string, limit: number): Promise<string[]> => {
  const waiting = sql.selectFrom("audit_unsealed").select("entry_id").where("entry_id", ">", afterId).orderBy("entry_id").limit(limit);
  return (await waiting.execute()).map(({ entry_id }) => entry_id);
};

/** Those of these entries that are there and have no seal. Asked by their ids alone: the log is long, and what waits is short. */
export const listUnsealed = (sql: Sql, ids: readonly string[]) =>
  sql
    .selectFrom("audit_entry as e")
    .where(raw<SqlBool>`e.id = any(${ids}::uuid[]) AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = e.id)`)
    .select(entryColumns)
    .orderBy("e.id")
    .execute();

/** The chain behind a number, in order; a row without its entry has no `id`. */
export const chainAfter = definePrepared<{ seq: number; limit: number }>()((sql, param) =>
  sql
    .selectFrom("audit_seal as s")
    .leftJoin("audit_entry as e", "e.id", "s.entry_id")
    .select(["s.seq", "s.entry_id", "s.sealed_at", hex("s.previous").as("previous"), hex("s.code").as("code"), ...entryColumns])
    .where("s.seq", ">", param.seq)
    .orderBy("s.seq")
    .limit(param.limit),
);
type ChainRow = Awaited<ReturnType<typeof chainAfter>>[number];

export const toSealedRow = (row: ChainRow): SealedRow => ({
  seq: row.seq,
  sealedAt: row.sealed_at,
  previous: row.previous,
  entryId: row.entry_id,
  code: row.code,
  entry: row.id === null ? null : toEntry(row as EntryRow),
});

/** Entries from before a moment that have no seal, and those that waited for one and are gone. */
export const strayEntries = definePrepared<{ before: Date; limit: number }>()((sql, param) =>
  sql
    .selectFrom("audit_entry as e")
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom("audit_seal as s").select("s.seq").whereRef("s.entry_id", "=", "e.id"))))
    .where("e.at", "<", param.before)
    .select(["e.id", raw<"unsealed" | "deleted">`'unsealed'`.as("kind")])
    .unionAll(
      sql
        .selectFrom("audit_unsealed as u")
        .leftJoin("audit_entry as e", "e.id", "u.entry_id")
        .where("e.id", "is", null)
        .select(["u.entry_id as id", raw<"unsealed" | "deleted">`'deleted'`.as("kind")]),
    )
    .limit(param.limit),
);

const shownEntries = (sql: Sql) =>
  sql
    .selectFrom("audit_entry as e")
    .leftJoin("audit_seal as s", "s.entry_id", "e.id")
    .leftJoin("person_card as person", "person.id", "e.actor_id")
    .select([...entryColumns, "s.seq", "s.sealed_at", ...personColumns]);
export type ShownEntry = Awaited<ReturnType<typeof findShownEntry>> & object;

export const findShownEntry = (sql: Sql, id: string) => shownEntries(sql).where("e.id", "=", id).executeTakeFirst();

/** The latest first, from behind a place. The order is that of their times: what was just written has no number yet. */
export const listShownEntries = (sql: Sql, filters: EntryFilters, place: EntryPlace | null, limit: number): Promise<ShownEntry[]> => {
  const wanted: RawBuilder<SqlBool>[] = [
    ...(filters.from ? [raw<SqlBool>`e.at >= ${filters.from}::timestamptz`] : []),
    ...(filters.to ? [raw<SqlBool>`e.at < ${filters.to}::timestamptz`] : []),
    ...(filters.actorId ? [raw<SqlBool>`e.actor_id = ${filters.actorId}::uuid`] : []),
    ...(filters.action ? [raw<SqlBool>`starts_with(e.action, ${filters.action})`] : []),
    ...(filters.subjectType ? [raw<SqlBool>`e.subject_type = ${filters.subjectType}`] : []),
    ...(filters.subjectId ? [raw<SqlBool>`e.subject_id = ${filters.subjectId}`] : []),
    ...(place ? [raw<SqlBool>`(e.at, e.id) < (${place.at}::timestamptz, ${place.id}::uuid)`] : []),
  ];
  const query = shownEntries(sql).orderBy("e.at", "desc").orderBy("e.id", "desc").limit(limit);
  return wanted.reduce((narrowed, condition) => narrowed.where(condition), query).execute();
};

const hasPerson = (row: ShownEntry): row is ShownEntry & PersonRow => row.person_id !== null;
export const actorKindOf = (row: ShownEntry): EntryView["actorKind"] => {
  if (hasPerson(row)) return "person";
  if (row.actor_id === null || row.actor_id === SYSTEM_ACTOR_ID) return "system";
  return row.actor_id === GUEST_ACTOR.id ? "stranger" : "unknown";
};

export const toEntryView = (row: ShownEntry, names: ReadonlyMap<string, SubjectName>): EntryView => ({
  id: row.id,
  seq: row.seq,
  at: row.at.toISOString(),
  actorKind: actorKindOf(row),
  actor: hasPerson(row) ? personViewOfRow(row) : null,
  subjectName: names.get(row.subject_id) ?? null,
  action: row.action,
  subjectType: row.subject_type,
  subjectId: row.subject_id,
});

/** Entries of one kind in the order of their times, from behind one of them. */
export const listEntriesOf = (
  sql: Sql,
  wanted: RawBuilder<boolean>,
  after: Pick<EntryRow, "at" | "id"> | undefined,
  limit: number,
): Promise<EntryRow[]> =>
  sql
    .selectFrom("audit_entry as e")
    .select(entryColumns)
    .where(wanted)
    .$if(after !== undefined, (query) => query.where(raw<SqlBool>`(e.at, e.id) > (${after?.at}::timestamptz, ${after?.id}::uuid)`))
    .orderBy("e.at")
    .orderBy("e.id")
    .limit(limit)
    .execute();

/** The last entry of an action on a record; undefined when the log does not reach back that far. */
export const findLastEntry = (
  { sql }: { readonly sql: Sql },
  { action, subjectType, subjectId }: Readonly<Record<"action" | "subjectType" | "subjectId", string>>,
) =>
  sql
    .selectFrom("audit_entry as e")
    .select(["e.at", "e.actor_id", "e.request_id"])
    .where("e.subject_type", "=", subjectType)
    .where("e.subject_id", "=", subjectId)
    .where("e.action", "=", action)
    .orderBy("e.at", "desc")
    .limit(1)
    .executeTakeFirst();
