import { sql as raw } from "kysely";
import type { Ctx, TxCtx } from "../../../tools";
import type { Refreshed } from "../plan-people";
import type { StoredItem } from "./applying";

type Target = "PERSON" | "DEPARTMENT";

/**
 * The people or departments of Maru that these outside ids stand for. A file has no links: it says who is meant by her employee number, and its
 * departments are those of Maru.
 */
export const findLinked = async ({ sql }: Pick<Ctx | TxCtx, "sql">, sourceId: string, target: Target, externalIds: readonly string[]) => {
  const ids = [...new Set(externalIds)];
  const isFile = raw`EXISTS (SELECT 1 FROM sync_source WHERE id = ${sourceId}::uuid AND kind = 'FILE')`;
  const { rows } = await raw<{ externalId: string; id: string; isMissing: boolean }>`
    SELECT external_id AS "externalId", coalesce(person_id, department_id) AS id, missing_since IS NOT NULL AS "isMissing" FROM sync_link
    WHERE source_id = ${sourceId}::uuid AND target = ${target}::sync_target AND external_id = any(${ids}::text[])
    UNION SELECT employee_no, id, false FROM person
    WHERE ${target} = 'PERSON' AND employee_no = any(${ids}::text[]) AND ${isFile}
    UNION SELECT id::text, id, false FROM department
    WHERE ${target} = 'DEPARTMENT' AND id::text = any(${ids}::text[]) AND ${isFile}`.execute(sql);
  return new Map(rows.map(({ externalId, ...link }) => [externalId, link]));
};

/** Notes what the source said of those who were applied: with the hash of now, they are unchanged in the next reading. */
export const saveLinks = async (tx: TxCtx, sourceId: string, items: readonly StoredItem[]): Promise<void> => {
  const rows = new Map<string, object>();
  for (const { target, externalId, personId, departmentId, hash, dn } of items)
    if (hash !== null) rows.set(externalId, { target, externalId, personId, departmentId, hash, dn });
  if (rows.size > 0)
    await raw`
      INSERT INTO sync_link (source_id, target, external_id, person_id, department_id, hash, dn)
      SELECT ${sourceId}::uuid, target, "externalId", "personId", "departmentId", hash, dn
      FROM jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb)
        AS row(target sync_target, "externalId" text, "personId" uuid, "departmentId" uuid, hash text, dn text)
      ON CONFLICT (source_id, target, external_id) DO UPDATE SET hash = excluded.hash, dn = excluded.dn, missing_since = NULL`.execute(
      tx.sql,
    );
  const idsOf = (action: StoredItem["action"]) => items.filter((item) => item.action === action).map(({ externalId }) => externalId);
  const target = items[0]?.target;
  if (!target) return;
  const mark = (since: Date | null, ids: readonly string[]) =>
    tx.db.syncLink.updateMany({ where: { sourceId, target, externalId: { in: [...ids] } }, data: { missingSince: since } });
  const [missing, found] = [idsOf("MARK_MISSING"), idsOf("FOUND")];
  if (missing.length > 0) await mark(tx.now(), missing);
  if (found.length > 0) await mark(null, found);
};

/** Notes a new DN or hash of those of whom nothing else changed. */
export const refreshLinks = async (tx: TxCtx, sourceId: string, target: Target, refreshed: readonly Refreshed[]): Promise<void> => {
  if (refreshed.length === 0) return;
  await raw`
    UPDATE sync_link SET hash = row.hash, dn = row.dn
    FROM jsonb_to_recordset(${JSON.stringify(refreshed)}::jsonb) AS row("externalId" text, hash text, dn text)
    WHERE source_id = ${sourceId}::uuid AND target = ${target}::sync_target AND external_id = row."externalId"`.execute(tx.sql);
};
