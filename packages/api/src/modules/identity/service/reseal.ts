import { sql as raw } from "kysely";
import { SEALED_COLUMNS, type SealedColumn } from "../../../sealed-columns";
import type { Ctx } from "../../../tools";

const BATCH = 200;

type Row = { readonly id: string; readonly sealed: string };

// One batch in one transaction: what was done stays done, and what is left is found by what it begins with.
const resealBatch = (
  ctx: Ctx,
  { table, column, id }: SealedColumn,
  unreadable: readonly string[],
): Promise<{ found: number; failed: string[] }> =>
  ctx.tx(async ({ sql, record, tools: { keyring } }) => {
    const [tableName, columnName, idName] = [raw.table(table), raw.ref(column), raw.ref(id)];
    const { rows } = await raw<Row>`
      SELECT ${idName}::text AS id, ${columnName} AS sealed FROM ${tableName}
      WHERE ${columnName} IS NOT NULL AND NOT starts_with(${columnName}, ${keyring.currentPrefix()}) AND NOT ${idName}::text = any(${unreadable}::text[])
      ORDER BY ${idName} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`.execute(sql);
    const failed: string[] = [];
    for (const row of rows) {
      const place = { table, column, id: row.id };
      try {
        const sealed = keyring.seal(keyring.open(row.sealed, place), place);
        await raw`UPDATE ${tableName} SET ${columnName} = ${sealed} WHERE ${idName}::text = ${row.id}`.execute(sql);
      } catch {
        failed.push(row.id);
      }
    }
    const count = rows.length - failed.length;
    // How far it is stands in the log, batch by batch: a key may go once nothing is left that it opens.
    if (count > 0)
      record({ action: "identity.secrets.reseal", subjectType: "identity.secrets", subjectId: `${table}.${column}`, details: { count } });
    return { found: rows.length, failed };
  });

/**
 * Brings everything that the keyring has encrypted to its current key, in batches: whenever it is stopped, the next run goes on with what is
 * left. A text that no key opens stays as it is and is told of, so that its key can be put back.
 */
export const resealSecrets = async (ctx: Ctx, signal: AbortSignal, columns: readonly SealedColumn[] = SEALED_COLUMNS): Promise<void> => {
  for (const column of columns) {
    const unreadable: string[] = [];
    for (;;) {
      signal.throwIfAborted();
      const { found, failed } = await resealBatch(ctx, column, unreadable);
      unreadable.push(...failed);
      if (found < BATCH) break;
    }
    if (unreadable.length > 0)
      ctx.log.error({ table: column.table, column: column.column, count: unreadable.length }, "no key of the keyring opens these texts");
  }
};
