import { newId } from "@maru/platform/crypto/id";
import { AppError } from "@maru/platform/errors";
import { sql as raw } from "kysely";
import type { Database, Sql } from "./client";

export type AuditEntry = {
  /** `<module>.<noun>.<verb>` */
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** The person who did it, where the transaction acts for nobody yet: who signs in has just proved who she is. */
  readonly actorId?: string;
};

export type OutboxRow = { readonly kind: "EVENT" | "JOB"; readonly name: string; readonly version: number; readonly payload: unknown };

/** What makes a transaction happen at most once. */
export type OnceKey =
  | { readonly kind: "command"; readonly key: string; readonly procedure: string; readonly requestHash: string }
  | { readonly kind: "work"; readonly workId: string };

const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

type Consequences = {
  readonly actorId: string;
  readonly requestId: string;
  readonly now: Date;
  readonly outbox: readonly OutboxRow[];
  readonly audit: readonly AuditEntry[];
  readonly once: OnceKey | undefined;
  readonly result: unknown;
};

const insertOutbox = ({ outbox, actorId, requestId, now }: Consequences) => {
  const rows = outbox.map(
    (row) => raw`(${newId()}::uuid, ${row.kind}::outbox_kind, ${row.name}, ${row.version}::int, ${JSON.stringify(row.payload)}::jsonb,
    ${actorId}::uuid, ${requestId}, ${now}::timestamptz)`,
  );
  return raw`INSERT INTO outbox (id, kind, name, version, payload, actor_id, request_id, created_at) VALUES ${raw.join(rows)} RETURNING 1`;
};

const insertAudit = ({ audit, actorId, requestId, now }: Consequences) => {
  const rows = audit.map(({ details = {}, ...row }) => ({ id: newId(), actorId, ...row, details }));
  // As one parameter: a directory's thousand people are five thousand rows, and a parameter for each of their values takes longer than they do.
  return raw`
    INSERT INTO audit_entry (id, at, actor_id, action, subject_type, subject_id, details, request_id)
    SELECT id, ${now}::timestamptz, "actorId", action, "subjectType", "subjectId", details, ${requestId}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS row(id uuid, "actorId" uuid, action text, "subjectType" text, "subjectId" text, details jsonb) RETURNING 1`;
};

const insertOnce = (once: OnceKey, { actorId, result, now }: Consequences) =>
  once.kind === "command"
    ? raw`INSERT INTO idempotency_key (actor_id, key, procedure, request_hash, result, created_at)
          VALUES (${actorId}::uuid, ${once.key}, ${once.procedure}, ${once.requestHash}, ${JSON.stringify(result ?? null)}::jsonb, ${now}::timestamptz)
          ON CONFLICT (actor_id, key) DO UPDATE SET procedure = excluded.procedure, request_hash = excluded.request_hash, result = excluded.result,
            created_at = excluded.created_at WHERE idempotency_key.created_at <= ${new Date(now.getTime() - KEPT_FOR_MS)}::timestamptz
          RETURNING 1`
    : raw`INSERT INTO processed_work (work_id) VALUES (${once.workId}::uuid) ON CONFLICT DO NOTHING RETURNING 1`;

/** Of more, the text would be so long that nobody else of this process had a turn while it is made. */
const MAX_AUDIT_ROWS = 2000;

/**
 * Writes what a transaction caused, at its end and in one statement: outbox rows, audit rows, and the mark that it happened. Of a transaction
 * over thousands of records, the audit rows that do not fit go before. False when it had happened before: then the transaction must be rolled
 * back.
 */
export const writeConsequences = async (sql: Sql, { audit, ...rest }: Consequences): Promise<boolean> => {
  let start = 0;
  for (; audit.length - start > MAX_AUDIT_ROWS; start += MAX_AUDIT_ROWS)
    await insertAudit({ ...rest, audit: audit.slice(start, start + MAX_AUDIT_ROWS) }).execute(sql);
  const consequences: Consequences = { ...rest, audit: audit.slice(start) };
  const parts = [
    ...(consequences.outbox.length > 0 ? [raw`outbox_rows AS (${insertOutbox(consequences)})`] : []),
    ...(consequences.audit.length > 0 ? [raw`audit_rows AS (${insertAudit(consequences)})`] : []),
    ...(consequences.once ? [raw`once_row AS (${insertOnce(consequences.once, consequences)})`] : []),
  ];
  if (parts.length === 0) return true;
  const answer = consequences.once ? raw`(SELECT count(*)::int FROM once_row)` : raw`1`;
  const { rows } = await raw<{ written: number }>`WITH ${raw.join(parts)} SELECT ${answer} AS written`.execute(sql);
  return rows[0]?.written === 1;
};

/** The answer that was stored with this key in the last 24 hours, or null. Another request under the same key is a conflict. */
export const findStoredResult = async <Result>(
  database: Database,
  actorId: string,
  once: OnceKey & { kind: "command" },
): Promise<{ result: Result } | null> => {
  const row = await database.sql
    .selectFrom("idempotency_key")
    .select(["procedure", "request_hash", "result"])
    .where("actor_id", "=", actorId)
    .where("key", "=", once.key)
    .where("created_at", ">", new Date(Date.now() - KEPT_FOR_MS))
    .executeTakeFirst();
  if (!row) return null;
  if (row.procedure !== once.procedure || row.request_hash !== once.requestHash)
    throw new AppError("conflict", "common.idempotencyKeyReused");
  return { result: row.result as Result };
};
