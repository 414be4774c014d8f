import { newId } from "@maru/platform/crypto/id";
import { isAppError } from "@maru/platform/errors";
import { sql as raw } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import type { ItemTarget } from "../desired";
import { applyDepartments } from "./apply-departments";
import { applyPeople } from "./apply-people";
import { applyManagers, applyRoles } from "./apply-relations";
import { type Applying, type Outcome, outcomeOf, type StoredItem } from "./applying";
import { fence, type Lease } from "./lease";

const CHUNK = 1_000;

type Apply = (tx: TxCtx, items: readonly StoredItem[], applying: Applying) => Promise<Outcome[]>;
/** What is applied in sets; photos go one by one (apply-photos.ts). */
type SetTarget = Exclude<ItemTarget, "PHOTO">;
/** How each kind is applied, and how many at once. */
const KINDS: Readonly<Record<SetTarget, { readonly apply: Apply; readonly chunk: number }>> = {
  DEPARTMENT: { apply: applyDepartments, chunk: CHUNK },
  PERSON: { apply: applyPeople, chunk: CHUNK },
  MANAGER: { apply: applyManagers, chunk: CHUNK },
  ROLE: { apply: applyRoles, chunk: CHUNK },
};

// What PostgreSQL says of a row that can't be written: its data is none (22), or it breaks a rule of the table (23).
const ROWS_FAULT = /\b(?:22|23)[0-9A-Z]{3}\b/u;
const PRISMAS_WORDS = new Set(["P2000", "P2002", "P2003", "P2004", "P2025"]);

/** Whether it is a row's fault, so that the others can be written without it; anything else is tried again as it is. */
const isRowsFault = (error: unknown): boolean => {
  if (isAppError(error)) return error.kind !== "unavailable";
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return typeof code === "string" && (PRISMAS_WORDS.has(code) || (code === "P2010" && ROWS_FAULT.test(error.message)));
};

const codeOf = (error: unknown): string => (isAppError(error) ? error.code : "sync.rowRefused");

/** Which of these items a refusal names; none where it names nobody. */
const blamedOf = (error: unknown, items: readonly StoredItem[]): ReadonlySet<StoredItem> => {
  const ids = isAppError(error) && Array.isArray(error.details.ids) ? new Set(error.details.ids) : new Set();
  return new Set(items.filter(({ personId, departmentId }) => ids.has(personId) || ids.has(departmentId)));
};

/** Writes what became of items, and how far the run is. */
export const noteOutcomes = async (tx: TxCtx, runId: string, outcomes: readonly Outcome[]): Promise<void> => {
  await raw`
    UPDATE sync_run_item AS item SET status = row.status, error = row.error, person_id = row."personId", department_id = row."departmentId"
    FROM jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
      AS row(seq int, status sync_item_status, error text, "personId" uuid, "departmentId" uuid)
    WHERE item.run_id = ${runId}::uuid AND item.seq = row.seq`.execute(tx.sql);
  await tx.db.syncRun.update({ where: { id: runId }, data: { done: { increment: outcomes.length } } });
};

/** Writes a set of items and what became of them in one transaction. */
const applySet = (ctx: Ctx, lease: Lease, applying: Applying, items: readonly StoredItem[], apply: Apply): Promise<void> =>
  ctx.tx(async (tx) => {
    await fence(tx, lease);
    await noteOutcomes(tx, lease.runId, await apply(tx, items, applying));
  });

const fail = (ctx: Ctx, lease: Lease, items: readonly StoredItem[], error: unknown): Promise<void> => {
  // A person who was to be created does not exist: the item names nobody.
  const failed = items.map((item) =>
    outcomeOf(item.action === "CREATE" ? { ...item, personId: null, departmentId: null } : item, "FAILED", codeOf(error)),
  );
  if (!isAppError(error)) ctx.log.warn({ err: error, runId: lease.runId, seq: items[0]?.seq }, "a row of a directory can't be written");
  return applySet(ctx, lease, {} as Applying, items, async () => failed);
};

/** Writes a set; where a row of it can't be written, the others are: those who are named are left out, otherwise the set is halved. */
const applyAll = async (ctx: Ctx, lease: Lease, applying: Applying, items: readonly StoredItem[], apply: Apply): Promise<void> => {
  try {
    await applySet(ctx, lease, applying, items, apply);
  } catch (error) {
    if (!isRowsFault(error)) throw error;
    if (items.length === 1) return fail(ctx, lease, items, error);
    const blamed = blamedOf(error, items);
    if (blamed.size > 0 && blamed.size < items.length) {
      await fail(ctx, lease, [...blamed], error);
      return applyAll(
        ctx,
        lease,
        applying,
        items.filter((item) => !blamed.has(item)),
        apply,
      );
    }
    const half = Math.ceil(items.length / 2);
    await applyAll(ctx, lease, applying, items.slice(0, half), apply);
    await applyAll(ctx, lease, applying, items.slice(half), apply);
  }
};

const readChunk = async ({ sql }: Ctx, runId: string, target: SetTarget): Promise<StoredItem[]> => {
  const { rows } = await raw<StoredItem>`
    SELECT seq, target, action, external_id AS "externalId", person_id AS "personId", department_id AS "departmentId", before, after, hash, dn, error
    FROM sync_run_item WHERE run_id = ${runId}::uuid AND target = ${target}::sync_target AND status = 'PLANNED' AND NOT is_held
    ORDER BY seq LIMIT ${KINDS[target].chunk}`.execute(sql);
  return rows.map((row) => {
    const isNew = row.action === "CREATE";
    return {
      ...row,
      personId: row.personId ?? (isNew && target === "PERSON" ? newId() : null),
      departmentId: row.departmentId ?? (isNew && target === "DEPARTMENT" ? newId() : null),
    };
  });
};

/** Applies what is planned of these kinds and does not wait for approval, beginning at the first item that nothing has become of yet. */
export const applyItems = async (
  ctx: Ctx,
  lease: Lease,
  applying: Applying,
  targets: readonly SetTarget[],
  signal: AbortSignal,
): Promise<number> => {
  let count = 0;
  for (const target of targets)
    for (;;) {
      signal.throwIfAborted();
      const items = await readChunk(ctx, lease.runId, target);
      if (items.length === 0) break;
      await applyAll(ctx, lease, applying, items, KINDS[target].apply);
      count += items.length;
    }
  return count;
};
