import type { Queryable } from "@maru/db/prepared";
import type { Clock } from "@maru/platform/clock";
import { newId } from "@maru/platform/crypto/id";
import type { Mac } from "@maru/platform/crypto/mac";
import type { AppendLog } from "@maru/platform/storage/append-log";
import type { Ctx } from "../../../tools";
import { readAnchors } from "../anchors";
import { CHAIN_START, type ChainStart, checkpointSignature } from "../chain";
import type { VerificationView } from "../contract";
import { chainAfter, lastCheckpoint, strayEntries, toSealedRow } from "../queries";
import { MAX_FINDINGS, Verifier } from "../verifier";

const PAGE = 5_000;
/** Sealed within seconds; what waits for longer was never meant to be sealed, or nobody seals. */
const UNSEALED_MS = 60_000;

/** What a verification needs: neither request nor actor, so that a command can do it beside a running Maru. */
export type LogReader = { readonly pool: Queryable; readonly macs: readonly Mac[]; readonly anchors: AppendLog; readonly now: Clock };
type Progress = { readonly signal?: AbortSignal; readonly onProgress?: (checked: number) => void };

type Start = ChainStart & { readonly isForged: boolean };
const findStart = async ({ pool, macs }: LogReader): Promise<Start> => {
  const [last] = await lastCheckpoint(pool, {});
  if (!last) return { ...CHAIN_START, isForged: false };
  return {
    seq: last.seq,
    code: last.code,
    isForged: !macs.some((mac) => checkpointSignature(mac, last, last.created_at) === last.signature),
  };
};

const verifyFrom = async (reader: LogReader, start: Start, { signal, onProgress }: Progress): Promise<VerificationView> => {
  const startedAt = reader.now();
  const verifier = new Verifier({ macs: reader.macs, start, anchors: await readAnchors(reader.anchors) });
  if (start.isForged) verifier.addFinding("checkpoint", null, start.seq);
  let seq = start.seq;
  for (let taken = PAGE, checked = 0; taken === PAGE; ) {
    signal?.throwIfAborted();
    const rows = await chainAfter(reader.pool, { seq, limit: PAGE });
    for (const row of rows) verifier.take(toSealedRow(row));
    seq = rows.at(-1)?.seq ?? seq;
    taken = rows.length;
    checked += taken;
    onProgress?.(checked);
  }
  const before = new Date(startedAt.getTime() - UNSEALED_MS);
  for (const { kind, id } of await strayEntries(reader.pool, { before, limit: MAX_FINDINGS })) verifier.addFinding(kind, id);
  const { findings, ...totals } = verifier.end();
  return { startedAt: startedAt.toISOString(), finishedAt: reader.now().toISOString(), ...totals, findings: [...findings] };
};

/**
 * Reads the whole sealed log and says what is wrong with it: entries changed, gone, put in, exchanged, an end that was cut off, and what was
 * never sealed. Holds a page at a time, whatever the length of the log.
 */
export const verifyLog = async (reader: LogReader, progress: Progress = {}): Promise<VerificationView> => {
  for (;;) {
    const start = await findStart(reader);
    const verification = await verifyFrom(reader, start, progress);
    // Retention has taken a part away meanwhile: what is missing then was read too late.
    if ((await findStart(reader)).seq === start.seq) return verification;
  }
};

/** Verifies and keeps what was found, for whoever looks after the log. */
export const verifyAndKeep = async (ctx: Ctx, signal: AbortSignal): Promise<void> => {
  const { macs, anchors } = ctx.tools.sealing;
  const found = await verifyLog({ pool: ctx.pool, macs, anchors, now: ctx.now }, { signal });
  const { checked, lastSeq, findingCount, findings } = found;
  if (findingCount > 0) ctx.log.error({ findingCount, findings: findings.slice(0, 10) }, "the audit log was tampered with");
  await ctx.tx(async (tx) => {
    const times = { startedAt: new Date(found.startedAt), finishedAt: new Date(found.finishedAt) };
    await tx.db.auditVerification.create({ data: { id: newId(), ...times, checked, lastSeq, findingCount, findings } });
    tx.record({ action: "audit.log.verify", subjectType: "audit.log", subjectId: "log", details: { checked, lastSeq, findingCount } });
  });
};
