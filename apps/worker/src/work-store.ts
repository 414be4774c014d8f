import type { Queryable } from "@maru/db/prepared";
import type { Lane } from "@maru/platform/jobs";

export type OutboxItem = {
  readonly id: string;
  readonly kind: "EVENT" | "JOB";
  readonly name: string;
  readonly version: number;
  readonly payload: unknown;
  readonly actor_id: string | null;
  readonly request_id: string | null;
  readonly created_at: Date;
};

/** A piece of work as the relay writes it. `error` set: it is dead from the beginning, and this is why. */
export type NewWork = {
  readonly id: string;
  readonly sourceId: string;
  readonly consumer: string;
  readonly name: string;
  readonly version: number;
  readonly lane: Lane | "none";
  readonly payload: unknown;
  readonly dedupeKey: string | null;
  readonly actorId: string | null;
  readonly requestId: string | null;
  readonly createdAt: Date;
  readonly error: string | null;
};

export type Work = {
  readonly id: string;
  readonly source_id: string;
  readonly consumer: string;
  readonly name: string;
  readonly payload: unknown;
  readonly actor_id: string | null;
  readonly request_id: string | null;
  readonly attempt: number;
  readonly started: number;
  readonly created_at: Date;
};

/** What stands in a lane of its work: enough to add it again. */
export type LaneEntry = { readonly id: string; readonly consumer: string; readonly name: string; readonly lane: string };

export const hasOutbox = async (pool: Queryable): Promise<boolean> =>
  (await pool.query({ name: "relay_peek", text: "SELECT 1 FROM outbox LIMIT 1" })).rows.length > 0;

/** Claims what nobody else holds. Never "newer than the last one seen": ids commit out of order, and rows would be skipped silently. */
export const claimOutbox = async (connection: Queryable, limit: number): Promise<OutboxItem[]> => {
  const { rows } = await connection.query<OutboxItem>({
    name: "relay_claim",
    text: `SELECT id, kind, name, version, payload, actor_id, request_id, created_at FROM outbox
           ORDER BY created_at, id LIMIT $1 FOR UPDATE SKIP LOCKED`,
    values: [limit],
  });
  return rows;
};

export const deleteOutbox = async (connection: Queryable, ids: readonly string[]): Promise<void> => {
  await connection.query({ name: "relay_delete", text: "DELETE FROM outbox WHERE id = ANY($1::uuid[])", values: [ids] });
};

/** Writes work; what exists already, or is already owed under the same key, is left out. Gives back what shall be queued. */
export const insertWork = async (connection: Queryable, rows: readonly NewWork[]): Promise<LaneEntry[]> => {
  const { rows: written } = await connection.query<LaneEntry & { state: string }>({
    name: "relay_work",
    text: `INSERT INTO work (id, source_id, consumer, name, version, lane, payload, dedupe_key, actor_id, request_id, created_at, state, error, finished_at)
           SELECT id, "sourceId", consumer, name, version, lane, payload, "dedupeKey", "actorId", "requestId", "createdAt",
             (CASE WHEN error IS NULL THEN 'PENDING' ELSE 'DEAD' END)::work_state, error, CASE WHEN error IS NULL THEN NULL ELSE now() END
           FROM jsonb_to_recordset($1::jsonb) AS w("id" uuid, "sourceId" uuid, "consumer" text, "name" text, "version" int, "lane" text, "payload" jsonb,
             "dedupeKey" text, "actorId" uuid, "requestId" text, "createdAt" timestamptz, "error" text)
           ON CONFLICT DO NOTHING RETURNING id, consumer, name, lane, state`,
    values: [JSON.stringify(rows)],
  });
  return written.filter(({ state }) => state === "PENDING");
};

export const markQueued = async (pool: Queryable, ids: readonly string[]): Promise<void> => {
  await pool.query({ name: "work_queued", text: "UPDATE work SET queued_at = now() WHERE id = ANY($1::uuid[])", values: [ids] });
};

export const markNotQueued = async (pool: Queryable, ids: readonly string[]): Promise<void> => {
  await pool.query({ name: "work_not_queued", text: "UPDATE work SET queued_at = NULL WHERE id = ANY($1::uuid[])", values: [ids] });
};

/** Unfinished work that was never queued, or so long ago that its lane may have lost it. Two who look at once get different rows. */
export const takeForgotten = async (pool: Queryable, limit: number, olderThanSeconds: number): Promise<LaneEntry[]> => {
  const { rows } = await pool.query<LaneEntry>({
    name: "work_forgotten",
    text: `UPDATE work SET queued_at = now() WHERE id IN (
             SELECT id FROM work WHERE state = 'PENDING' AND due_at <= now() AND (queued_at IS NULL OR queued_at < now() - make_interval(secs => $2))
             ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
           ) RETURNING id, consumer, name, lane`,
    values: [limit, olderThanSeconds],
  });
  return rows;
};

/** Begins a piece of work: null when it is finished or unknown. Begun and never ended is how a killer of its process is told. */
export const beginWork = async (pool: Queryable, id: string, counts: boolean): Promise<Work | null> => {
  const { rows } = await pool.query<Work>({
    name: "work_begin",
    text: `UPDATE work SET started = started + $2 WHERE id = $1 AND state = 'PENDING'
           RETURNING id, source_id, consumer, name, payload, actor_id, request_id, attempt, started, created_at`,
    values: [id, counts ? 1 : 0],
  });
  return rows[0] ?? null;
};

/** Takes back a start that ended because this process does. */
export const giveBack = async (pool: Queryable, id: string): Promise<void> => {
  await pool.query({
    name: "work_give_back",
    text: "UPDATE work SET started = greatest(started - 1, 0) WHERE id = $1 AND state = 'PENDING'",
    values: [id],
  });
};

export const finishWork = async (pool: Queryable, id: string): Promise<void> => {
  await pool.query({
    name: "work_finish",
    text: "UPDATE work SET state = 'DONE', finished_at = now(), error = NULL WHERE id = $1 AND state = 'PENDING'",
    values: [id],
  });
};

/** Notes a failure and gives the number of failures so far. */
export const failWork = async (pool: Queryable, id: string, error: string, backoffMs: number): Promise<number> => {
  const { rows } = await pool.query<{ attempt: number }>({
    name: "work_fail",
    text: `UPDATE work SET attempt = attempt + 1, error = $2, due_at = now() + make_interval(secs => $3::float8 * power(2, attempt) / 1000)
           WHERE id = $1 AND state = 'PENDING' RETURNING attempt`,
    values: [id, error, backoffMs],
  });
  return rows[0]?.attempt ?? 0;
};

/** Puts work among the dead letters: it stays, with its reason, until somebody looks. */
export const buryWork = async (pool: Queryable, id: string, error: string): Promise<void> => {
  await pool.query({
    name: "work_bury",
    text: "UPDATE work SET state = 'DEAD', finished_at = now(), error = $2 WHERE id = $1 AND state = 'PENDING'",
    values: [id, error],
  });
};

export const countWork = async (pool: Queryable): Promise<Record<"PENDING" | "DEAD", number>> => {
  const { rows } = await pool.query<{ pending: number; dead: number }>({
    name: "work_count",
    text: "SELECT (SELECT count(*)::int FROM work WHERE state = 'PENDING') AS pending, (SELECT count(*)::int FROM work WHERE state = 'DEAD') AS dead",
  });
  return { PENDING: rows[0]?.pending ?? 0, DEAD: rows[0]?.dead ?? 0 };
};
