import type { Sql } from "@maru/db/client";
import { sql as raw } from "kysely";
import type { Ctx } from "../../../tools";
import { appendAnchor, findLastAnchor } from "../anchors";
import { CHAIN_START, codeOf } from "../chain";
import { findHead, listUnsealed, listWaiting, toEntry } from "../queries";

const BATCH = 2_000;
// Any number that nothing else locks.
const CHAIN_LOCK = 72_707_370;

/** True for one transaction at a time: whoever holds it decides where the chain begins and ends. */
export const tryLockChain = async (sql: Sql): Promise<boolean> => {
  const { rows } = await raw<{ locked: boolean }>`SELECT pg_try_advisory_xact_lock(${CHAIN_LOCK}) AS locked`.execute(sql);
  return rows[0]?.locked === true;
};

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** Seals what waits behind this id, a batch at most; the last id that was looked at, or null when there was no more. */
const sealBatch = (ctx: Ctx, afterId: string): Promise<string | null> =>
  ctx.tx(async (tx) => {
    // Whoever holds the lock seals this too: there is nothing to wait for.
    if (!(await tryLockChain(tx.sql))) return null;
    const ids = await listWaiting(tx.sql, afterId, BATCH);
    const { mac } = tx.tools.sealing;
    let { seq, code } = (await findHead(tx.sql)) ?? CHAIN_START;
    const sealedAt = tx.now();
    const seals = (await listUnsealed(tx.sql, ids)).map((row) => {
      const head = { seq: seq + 1, sealedAt, previous: code };
      ({ seq, code } = { seq: head.seq, code: codeOf(mac, head, toEntry(row)) });
      return { seq, entryId: row.id, previous: head.previous, code };
    });
    await raw`INSERT INTO audit_seal (seq, entry_id, sealed_at, previous, code)
      SELECT seq, "entryId", ${sealedAt}::timestamptz, decode(previous, 'hex'), decode(code, 'hex')
      FROM jsonb_to_recordset(${JSON.stringify(seals)}::jsonb) AS s(seq int, "entryId" uuid, previous text, code text)`.execute(tx.sql);
    // What waits without being there stays: the verification tells of it.
    await raw`DELETE FROM audit_unsealed u WHERE u.entry_id = any(${ids}::uuid[])
      AND EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = u.entry_id)`.execute(tx.sql);
    return ids.length === BATCH ? (ids.at(-1) ?? null) : null;
  });

/** Gives every entry that was committed its number and its code. Who comes while another seals goes away again. */
export const sealEntries = async (ctx: Ctx, signal: AbortSignal): Promise<void> => {
  // Most of the time nothing waits, and nothing is opened for it.
  if ((await listWaiting(ctx.sql, FIRST_ID, 1)).length === 0) return;
  for (let lastId: string | null = FIRST_ID; lastId !== null && !signal.aborted; ) lastId = await sealBatch(ctx, lastId);
};

/** Writes down outside the database where the log ends, when it has grown. A log that is shorter than its last anchor is not anchored again. */
export const writeAnchor = async (ctx: Ctx): Promise<void> => {
  const { anchors } = ctx.tools.sealing;
  const head = (await findHead(ctx.sql)) ?? CHAIN_START;
  const last = await findLastAnchor(anchors);
  if (last && head.seq < last.seq) ctx.log.error({ seq: head.seq, anchored: last.seq }, "the audit log is shorter than its last anchor");
  if (head.seq > (last?.seq ?? 0)) await appendAnchor(anchors, { ...head, at: ctx.now().toISOString() });
};
