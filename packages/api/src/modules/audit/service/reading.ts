import { csvRow } from "@maru/platform/tables";
import type { Ctx } from "../../../tools";
import { listSubjectNames } from "../../identity/service";
import { findLastAnchor } from "../anchors";
import {
  auditErrors,
  type EntryDetailView,
  type EntryPageView,
  type ExportEntriesInput,
  type ExportedView,
  finding,
  type ListEntriesInput,
  MAX_EXPORTED,
  type StateView,
} from "../contract";
import { checkPeriod, type EntryPlace, entryCursor, parseEntryCursor, readDetails } from "../domain";
import { verify } from "../jobs";
import { actorKindOf, countUnsealed, findHead, findShownEntry, listShownEntries, type ShownEntry, toEntryView } from "../queries";

const namesFor = (ctx: Ctx, rows: readonly ShownEntry[]) =>
  listSubjectNames(
    ctx,
    rows.map(({ subject_type, subject_id }) => ({ type: subject_type, id: subject_id })),
  );

/** Who did what, the latest first. */
export const listEntries = async (ctx: Ctx, { cursor, limit, ...filters }: ListEntriesInput): Promise<EntryPageView> => {
  checkPeriod(filters);
  const rows = await listShownEntries(ctx.sql, filters, parseEntryCursor(cursor), limit + 1);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  const names = await namesFor(ctx, items);
  return { items: items.map((row) => toEntryView(row, names)), nextCursor: last ? entryCursor(last) : null };
};

/** One entry with what it changed. */
export const getEntry = async (ctx: Ctx, { id }: { id: string }): Promise<EntryDetailView> => {
  const row = await findShownEntry(ctx.sql, id);
  if (!row) throw auditErrors.entryNotFound();
  const view = toEntryView(row, await namesFor(ctx, [row]));
  return { ...view, sealedAt: row.sealed_at?.toISOString() ?? null, requestId: row.request_id, ...readDetails(row.details) };
};

const COLUMNS = ["seq", "time", "actor", "name", "action", "subject type", "subject", "details", "request"] as const;
const toCsv = (row: ShownEntry): string =>
  csvRow([
    String(row.seq ?? ""),
    row.at.toISOString(),
    row.actor_id ?? "",
    row.person_name ?? actorKindOf(row),
    row.action,
    row.subject_type,
    row.subject_id,
    JSON.stringify(row.details),
    row.request_id ?? "",
  ]);

const PAGE = 2_000;
/** A mark that tells a spreadsheet that this is UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";

/** The entries of these filters as CSV, the latest first. Who took them, which and why is an entry itself, written before anything is read. */
export const exportEntries = async (ctx: Ctx, { reason, ...filters }: ExportEntriesInput): Promise<ExportedView> => {
  checkPeriod(filters);
  await ctx.tx(async (tx) => {
    tx.record({ action: "audit.log.export", subjectType: "audit.log", subjectId: "log", details: { reason, ...filters } });
  });
  const lines = [BYTE_ORDER_MARK + csvRow(COLUMNS)];
  let place: EntryPlace | null = null;
  let isCut = false;
  while (lines.length <= MAX_EXPORTED) {
    const wanted = Math.min(PAGE, MAX_EXPORTED + 1 - lines.length);
    const rows: ShownEntry[] = await listShownEntries(ctx.sql, filters, place, wanted + 1);
    for (const row of rows.slice(0, wanted)) lines.push(toCsv(row));
    place = rows[wanted - 1] ?? null;
    isCut = rows.length > wanted;
    if (!isCut) break;
  }
  return { fileName: `maru-audit-${ctx.now().toISOString().slice(0, 10)}.csv`, csv: lines.join(""), count: lines.length - 1, isCut };
};

/** How far the log is sealed and anchored, and what the last verification has found. */
export const getState = async (ctx: Ctx): Promise<StateView> => {
  const head = await findHead(ctx.sql);
  const [anchor, last] = [
    await findLastAnchor(ctx.tools.sealing.anchors),
    await ctx.db.auditVerification.findFirst({ orderBy: { finishedAt: "desc" } }),
  ];
  return {
    lastSeq: head?.seq ?? 0,
    unsealed: await countUnsealed(ctx.sql),
    lastAnchor: anchor ? { seq: anchor.seq, at: anchor.at } : null,
    lastVerification: last && {
      ...last,
      startedAt: last.startedAt.toISOString(),
      finishedAt: last.finishedAt.toISOString(),
      findings: finding.array().parse(last.findings),
    },
  };
};

/** Asks the worker to verify the log; asking twice before it has begun is asking once. */
export const requestVerification = (ctx: Ctx): Promise<{ requestedAt: string }> =>
  ctx.tx(async (tx) => {
    tx.enqueue(verify, {});
    tx.record({ action: "audit.log.request-verification", subjectType: "audit.log", subjectId: "log" });
    return { requestedAt: tx.now().toISOString() };
  });
