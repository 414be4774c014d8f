import { sql as raw } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import { CHAIN_START, type ChainStart, checkpointSignature } from "../chain";
import { chainAfter, lastCheckpoint, toSealedRow } from "../queries";
import { type SealedRow, Verifier } from "../verifier";
import { tryLockChain } from "./sealing";

const BATCH = 2_000;
const DAY_MS = 24 * 60 * 60 * 1000;

const findOld = async (ctx: Ctx, start: ChainStart, before: Date): Promise<SealedRow[]> => {
  const rows = (await chainAfter(ctx.pool, { seq: start.seq, limit: BATCH })).map(toSealedRow);
  const firstKept = rows.findIndex(({ sealedAt }) => sealedAt >= before);
  return firstKept < 0 ? rows : rows.slice(0, firstKept);
};

/** Nothing that was tampered with is taken away: it is what somebody would like to see gone. */
const refuseTampered = (ctx: Ctx, start: ChainStart, rows: readonly SealedRow[]): void => {
  const verifier = new Verifier({ macs: ctx.tools.sealing.macs, start, anchors: [] });
  for (const row of rows) verifier.take(row);
  const { findingCount, findings } = verifier.end();
  if (findingCount > 0) throw new Error(`old audit entries stay, because they were tampered with: ${JSON.stringify(findings.slice(0, 5))}`);
};

const takeAway = async (tx: TxCtx, rows: readonly SealedRow[], last: SealedRow): Promise<void> => {
  const createdAt = tx.now();
  const signature = checkpointSignature(tx.tools.sealing.mac, last, createdAt);
  await raw`INSERT INTO audit_checkpoint (seq, code, signature, created_at)
    VALUES (${last.seq}::int, decode(${last.code}, 'hex'), decode(${signature}, 'hex'), ${createdAt}::timestamptz)`.execute(tx.sql);
  // The triggers let these go in this transaction alone, and only because the checkpoint covers them and they are older than a year.
  await raw`SELECT set_config('maru.audit_retention', 'on', true)`.execute(tx.sql);
  const ids = rows.map(({ entryId }) => entryId);
  await raw`DELETE FROM audit_entry WHERE id = any(${ids}::uuid[])`.execute(tx.sql);
  await raw`DELETE FROM audit_seal WHERE seq <= ${last.seq}::int`.execute(tx.sql);
  const details = { fromSeq: rows[0]?.seq, throughSeq: last.seq };
  tx.record({ action: "audit.log.purge", subjectType: "audit.log", subjectId: "log", details });
};

const purgeBatch = (ctx: Ctx): Promise<number> =>
  ctx.tx(async (tx) => {
    if (!(await tryLockChain(tx.sql))) return 0;
    const [checkpoint] = await lastCheckpoint(ctx.pool, {});
    const start = checkpoint ?? CHAIN_START;
    const before = new Date(tx.now().getTime() - tx.tools.sealing.keptDays * DAY_MS);
    const rows = await findOld(ctx, start, before);
    const last = rows.at(-1);
    if (!last) return 0;
    refuseTampered(ctx, start, rows);
    await takeAway(tx, rows, last);
    return rows.length;
  });

/** Takes away what was sealed longer ago than the log is kept. The chain stays verifiable: it begins behind a signed checkpoint then. */
export const purgeOld = async (ctx: Ctx, signal: AbortSignal): Promise<void> => {
  for (let taken = BATCH; taken === BATCH && !signal.aborted; ) taken = await purgeBatch(ctx);
};
