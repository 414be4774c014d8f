import { newId } from "@maru/platform/crypto/id";
import { sql as raw } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import { UNDER_WAY } from "../contract";

const LEASE_MS = 30_000;
const HEARTBEAT_MS = 8_000;
/** A run that ends its worker each time is given up. */
export const MAX_STARTS = 6;

/** Somebody else works here now, or the run was cancelled: whatever this worker still holds is not written. */
export class LeaseLost extends Error {}

/** The right to work at a source, as one worker holds it. */
export type Lease = { readonly sourceId: string; readonly runId: string; readonly token: string };

const until = () => raw<Date>`now() + ${`${LEASE_MS} milliseconds`}::interval`;

/** Takes the right to work at the source of a run that is under way; null where somebody else holds it, or the run is none any more. */
export const takeLease = (ctx: Ctx, runId: string): Promise<Lease | null> =>
  ctx.tx(async (tx) => {
    const run = await tx.db.syncRun.findFirst({ where: { id: runId, state: { in: [...UNDER_WAY] } }, select: { sourceId: true } });
    if (!run) return null;
    const { sourceId } = run;
    const token = newId();
    const { rows } = await raw`
      INSERT INTO sync_lease (source_id, token, run_id, until) VALUES (${sourceId}::uuid, ${token}::uuid, ${runId}::uuid, ${until()})
      ON CONFLICT (source_id) DO UPDATE SET token = excluded.token, run_id = excluded.run_id, until = excluded.until
        WHERE sync_lease.until < now() RETURNING 1`.execute(tx.sql);
    if (rows.length === 0) return null;
    await tx.db.syncRun.update({ where: { id: runId }, data: { starts: { increment: 1 } } });
    return { sourceId, runId, token };
  });

/** Renews the lease for as long as `work` takes; its signal ends as soon as the lease is somebody else's, and the lease is given back. */
export const holdLease = async (
  ctx: Ctx,
  lease: Lease,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const { sourceId, token } = lease;
  const lost = new AbortController();
  const renew = async (): Promise<void> => {
    const { rows } = await raw`
      UPDATE sync_lease SET until = ${until()} WHERE source_id = ${sourceId}::uuid AND token = ${token}::uuid RETURNING 1`.execute(ctx.sql);
    if (rows.length === 0) lost.abort(new LeaseLost());
  };
  // One that fails is not the end: the next one is soon enough, and each write asks by itself.
  const heartbeat = setInterval(
    () => void renew().catch((error: unknown) => ctx.log.warn({ err: error }, "a lease was not renewed")),
    HEARTBEAT_MS,
  );
  try {
    await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(heartbeat);
    await ctx.db.syncLease.deleteMany({ where: { sourceId, token } });
  }
};

/** Asks within a transaction whether the lease still holds, and keeps it from being taken until the transaction ends. */
export const fence = async (tx: TxCtx, { sourceId, token }: Lease): Promise<void> => {
  const { rows } = await raw`
    SELECT 1 FROM sync_lease WHERE source_id = ${sourceId}::uuid AND token = ${token}::uuid AND until > now() FOR UPDATE`.execute(tx.sql);
  if (rows.length === 0) throw new LeaseLost();
};
